//! ConnectEx by its loaded pointer; when the wait times out, the function leaves its local OVERLAPPED behind.

use std::io;
use std::time::Duration;
use windows_sys::Win32::Foundation::{CloseHandle, HANDLE, WAIT_OBJECT_0, WAIT_TIMEOUT};
use windows_sys::Win32::Networking::WinSock::{
    LPFN_CONNECTEX, SIO_GET_EXTENSION_FUNCTION_POINTER, SOCKADDR_IN, SOCKET, SOCKET_ERROR, WSA_IO_PENDING, WSAGetLastError,
    WSAGetOverlappedResult, WSAID_CONNECTEX, WSAIoctl,
};
use windows_sys::Win32::System::IO::{CancelIoEx, OVERLAPPED};
use windows_sys::Win32::System::Threading::{CreateEventW, WaitForSingleObject};

unsafe fn load(s: SOCKET) -> io::Result<LPFN_CONNECTEX> {
    let guid = WSAID_CONNECTEX;
    let mut f: LPFN_CONNECTEX = None;
    let mut n = 0;
    let rc = WSAIoctl(
        s,
        SIO_GET_EXTENSION_FUNCTION_POINTER,
        (&raw const guid).cast(),
        size_of_val(&guid) as u32,
        (&raw mut f).cast(),
        size_of_val(&f) as u32,
        &raw mut n,
        std::ptr::null_mut(),
        None,
    );
    if rc == SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(f) }
}

/// The socket is the caller's, bound already.
pub unsafe fn connect_timeout(s: SOCKET, addr: &SOCKADDR_IN, timeout: Duration) -> io::Result<()> {
    let Some(connect_ex) = load(s)? else {
        return Err(io::ErrorKind::Unsupported.into());
    };
    let event = CreateEventW(std::ptr::null(), 1, 0, std::ptr::null());
    if event.is_null() {
        return Err(io::Error::last_os_error());
    }
    let mut overlapped: OVERLAPPED = std::mem::zeroed();
    overlapped.hEvent = event;
    let started = connect_ex(s, (&raw const *addr).cast(), size_of::<SOCKADDR_IN>() as i32, std::ptr::null(), 0, std::ptr::null_mut(), &raw mut overlapped); //~ overlapped_freed_early
    if started == 0 {
        let code = WSAGetLastError();
        if code != WSA_IO_PENDING {
            CloseHandle(event);
            return Err(io::Error::from_raw_os_error(code));
        }
    }
    let (mut n, mut flags) = (0, 0);
    match WaitForSingleObject(event, timeout.as_millis() as u32) {
        WAIT_OBJECT_0 => {}
        WAIT_TIMEOUT => return Err(io::ErrorKind::TimedOut.into()),
        other => unreachable!("wait returned {other}"),
    }
    let ok = WSAGetOverlappedResult(s, &raw const overlapped, &raw mut n, 1, &raw mut flags);
    let result = if ok == 0 { Err(io::Error::last_os_error()) } else { Ok(()) };
    CloseHandle(event);
    result
}
