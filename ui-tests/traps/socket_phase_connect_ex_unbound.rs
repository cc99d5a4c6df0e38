//! The socket is bound to any address before ConnectEx gets it.

use std::io;
use std::ptr;
use windows_sys::Win32::Networking::WinSock::*;
use windows_sys::Win32::System::IO::OVERLAPPED;

fn connect_ex(s: SOCKET) -> io::Result<LPFN_CONNECTEX> {
    let guid = WSAID_CONNECTEX;
    let mut function: LPFN_CONNECTEX = None;
    let mut bytes = 0u32;
    let res = unsafe {
        WSAIoctl(
            s,
            SIO_GET_EXTENSION_FUNCTION_POINTER,
            (&raw const guid).cast(),
            size_of_val(&guid) as u32,
            (&raw mut function).cast(),
            size_of_val(&function) as u32,
            &mut bytes,
            ptr::null_mut(),
            None,
        )
    };
    if res == SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(function) }
}

fn bind_any(s: SOCKET) -> io::Result<()> {
    let any = SOCKADDR_IN { sin_family: AF_INET, ..Default::default() };
    let res = unsafe { bind(s, (&raw const any).cast(), size_of_val(&any) as i32) };
    if res == SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(()) }
}

fn start(s: SOCKET, addr: &SOCKADDR_IN, overlapped: *mut OVERLAPPED) -> io::Result<()> {
    let Some(connect_ex) = connect_ex(s)? else {
        return Err(io::ErrorKind::Unsupported.into());
    };
    let name = ptr::from_ref(addr).cast();
    let len = size_of::<SOCKADDR_IN>() as i32;
    if unsafe { connect_ex(s, name, len, ptr::null(), 0, ptr::null_mut(), overlapped) } == 0 {
        let e = io::Error::last_os_error();
        if e.raw_os_error() != Some(WSA_IO_PENDING) {
            return Err(e);
        }
    }
    Ok(())
}

/// `overlapped` is the caller's until the connection stands, and so is the socket.
pub unsafe fn begin_connect(addr: &SOCKADDR_IN, overlapped: *mut OVERLAPPED) -> io::Result<SOCKET> {
    let s = socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP);
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    bind_any(s).and_then(|()| start(s, addr, overlapped)).map(|()| s).map_err(|e| {
        closesocket(s);
        e
    })
}
