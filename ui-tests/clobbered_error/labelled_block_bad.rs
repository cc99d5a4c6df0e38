//! The failing call leaves a labelled block; cleanup runs before its code is read.

use windows_sys::Win32::Networking::WinSock::{AF_INET6, closesocket, FIONBIO, INVALID_SOCKET, ioctlsocket, IPPROTO_IPV6, IPV6_V6ONLY, setsockopt, SOCKET, socket, SOCKET_ERROR, WSAGetLastError};

pub unsafe fn open_nonblocking(kind: i32) -> Result<SOCKET, i32> {
    let s = socket(AF_INET6 as i32, kind, 0);
    if s == INVALID_SOCKET {
        return Err(WSAGetLastError());
    }
    let ready = 'setup: {
        let off: u32 = 0;
        if setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, (&raw const off).cast(), 4) == SOCKET_ERROR {
            break 'setup false;
        }
        let mut on: u32 = 1;
        if ioctlsocket(s, FIONBIO, &mut on) == SOCKET_ERROR {
            break 'setup false;
        }
        true
    };
    if !ready {
        closesocket(s);
        return Err(WSAGetLastError()); //~ clobbered_error
    }
    Ok(s)
}
