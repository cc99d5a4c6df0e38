//! The Winsock that this crate's calls go to: two backends with the same functions.
//!
//! On Windows it is Ws2_32. Elsewhere it is the [model](crate::model), through functions of the same
//! names and signatures, so that nothing above this module knows which one it is.

#[cfg(windows)]
pub(crate) use windows_sys::Win32::Networking::WinSock::{
    WSACleanup, WSAGetLastError, WSAPoll, WSASetLastError, WSASocketW, WSAStartup, accept, bind,
    closesocket, connect, getpeername, getsockname, getsockopt, ioctlsocket, listen, recv, send,
    setsockopt, shutdown, socket,
};

#[cfg(not(windows))]
pub(crate) use crate::model::ffi::{
    WSACleanup, WSAGetLastError, WSAPoll, WSASetLastError, WSASocketW, WSAStartup, accept, bind,
    closesocket, connect, getpeername, getsockname, getsockopt, ioctlsocket, listen, recv, send,
    setsockopt, shutdown, socket,
};

/// The calling thread's last error (O1).
pub(crate) fn last_error() -> i32 {
    // SAFETY: it takes no argument and has no precondition.
    unsafe { WSAGetLastError() }
}
