//! WSARecvMsg from a OnceLock: its WSAMSG is written at completion, but it is a local.

use std::io;
use std::ptr::null_mut;
use std::sync::OnceLock;
use windows_sys::Win32::Networking::WinSock::{LPFN_WSARECVMSG, SIO_GET_EXTENSION_FUNCTION_POINTER, SOCKADDR_IN6, SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSAID_WSARECVMSG, WSAIoctl, WSAMSG};
use windows_sys::Win32::System::IO::OVERLAPPED;

static RECV_MSG: OnceLock<LPFN_WSARECVMSG> = OnceLock::new();

#[repr(C)]
pub struct RecvOp {
    overlapped: OVERLAPPED,
    from: SOCKADDR_IN6,
    control: [u64; 16],
    buf: [u8; 1500],
    data: WSABUF,
}

fn recv_msg(s: SOCKET) -> LPFN_WSARECVMSG {
    *RECV_MSG.get_or_init(|| unsafe {
        let (id, mut f, mut n) = (WSAID_WSARECVMSG, None, 0);
        WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, (&raw const id).cast(), 16, (&raw mut f).cast(), size_of::<LPFN_WSARECVMSG>() as u32, &mut n, null_mut(), None);
        f
    })
}

/// # Safety
/// `op` lives until the port has returned it.
pub unsafe fn post(s: SOCKET, op: *mut RecvOp) -> io::Result<()> {
    let Some(wsa_recv_msg) = recv_msg(s) else { return Err(io::ErrorKind::Unsupported.into()) };
    (*op).data = WSABUF { len: 1500, buf: (&raw mut (*op).buf).cast() };
    let mut msg = WSAMSG {
        name: (&raw mut (*op).from).cast(),
        namelen: size_of::<SOCKADDR_IN6>() as i32,
        lpBuffers: &raw mut (*op).data,
        dwBufferCount: 1,
        Control: WSABUF { len: 128, buf: (&raw mut (*op).control).cast() },
        dwFlags: 0,
    };
    if wsa_recv_msg(s, &mut msg, null_mut(), op.cast(), None) != 0 && WSAGetLastError() != WSA_IO_PENDING { //~ overlapped_freed_early
        return Err(io::Error::last_os_error());
    }
    Ok(())
}
