//! A let-chain probes the closed descriptor and compares the code with matches!.

use std::mem::zeroed;
use windows_sys::Win32::Networking::WinSock::{closesocket as close, getsockname, SOCKADDR_IN, SOCKET, SOCKET_ERROR, WSAENOTSOCK, WSAGetLastError};

pub unsafe fn release(slot: &mut Option<SOCKET>) -> bool {
    if let Some(s) = slot.take()
        && close(s) != SOCKET_ERROR
    {
        let (mut addr, mut len): (SOCKADDR_IN, i32) = (zeroed(), size_of::<SOCKADDR_IN>() as i32);
        let r = getsockname(s, (&raw mut addr).cast(), &mut len); //~ use_after_close
        return r == SOCKET_ERROR && matches!(WSAGetLastError(), WSAENOTSOCK); //~ relies_on_enotsock
    }
    false
}
