//! ConnectEx wants a bound socket, and this one is fresh.

use std::io;
use std::ptr::{null, null_mut};
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, INVALID_SOCKET, IPPROTO_TCP, LPFN_CONNECTEX, SIO_GET_EXTENSION_FUNCTION_POINTER, SOCK_STREAM, SOCKADDR_IN, SOCKET, WSA_FLAG_OVERLAPPED, WSA_IO_PENDING, WSAGetLastError, WSAID_CONNECTEX, WSAIoctl, WSASocketW};
use windows_sys::Win32::System::IO::OVERLAPPED;

const LEN: i32 = size_of::<SOCKADDR_IN>() as i32;

unsafe fn load(s: SOCKET) -> LPFN_CONNECTEX {
    let mut f: LPFN_CONNECTEX = None;
    let mut bytes = 0;
    let id = WSAID_CONNECTEX;
    WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, (&raw const id).cast(), 16, (&raw mut f).cast(), 8, &mut bytes, null_mut(), None);
    f
}

/// The caller keeps `op` and `to` until the operation is complete.
pub unsafe fn start_connect(to: *const SOCKADDR_IN, op: *mut OVERLAPPED) -> io::Result<SOCKET> {
    let s = WSASocketW(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP, null(), 0, WSA_FLAG_OVERLAPPED);
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let Some(connect_ex) = load(s) else {
        closesocket(s);
        return Err(io::ErrorKind::Unsupported.into());
    };
    if connect_ex(s, to.cast(), LEN, null(), 0, null_mut(), op) == 0 && WSAGetLastError() != WSA_IO_PENDING { //~ socket_phase
        let err = io::Error::last_os_error();
        closesocket(s);
        return Err(err);
    }
    Ok(s)
}
