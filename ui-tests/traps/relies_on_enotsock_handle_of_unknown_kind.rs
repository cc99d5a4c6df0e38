//! A handle of unknown kind is asked whether it is a socket, and closed by the function for its kind.

use windows_sys::Win32::Foundation::{CloseHandle, HANDLE};
use windows_sys::Win32::Networking::WinSock::{getsockopt, SO_TYPE, SOCKET, SOL_SOCKET, WSAENOTSOCK, WSAGetLastError, closesocket};

enum Kind {
    Socket,
    Other,
}

fn kind_of(handle: HANDLE) -> Kind {
    let (mut kind, mut len) = (0i32, 4i32);
    let r = unsafe { getsockopt(handle as SOCKET, SOL_SOCKET, SO_TYPE, (&raw mut kind).cast(), &mut len) };
    if r != 0 && unsafe { WSAGetLastError() } == WSAENOTSOCK { Kind::Other } else { Kind::Socket }
}

pub fn close_any(handle: HANDLE) -> bool {
    match kind_of(handle) {
        Kind::Socket => unsafe { closesocket(handle as SOCKET) == 0 },
        Kind::Other => unsafe { CloseHandle(handle) != 0 },
    }
}
