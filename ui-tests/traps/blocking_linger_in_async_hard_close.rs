//! An async probe connects, sends nothing and closes hard (linger zero), which never blocks.

use std::io;
use windows_sys::Win32::Networking::WinSock::*;

fn last() -> io::Error {
    io::Error::from_raw_os_error(unsafe { WSAGetLastError() })
}

fn try_port(addr: &SOCKADDR_IN) -> io::Result<SOCKET> {
    let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) };
    if s == INVALID_SOCKET {
        return Err(last());
    }
    if unsafe { connect(s, std::ptr::from_ref(addr).cast(), size_of::<SOCKADDR_IN>() as i32) } == SOCKET_ERROR {
        let e = last();
        unsafe { closesocket(s) };
        return Err(e);
    }
    Ok(s)
}

pub async fn open_ports(mut addr: SOCKADDR_IN, ports: &[u16]) -> Vec<u16> {
    let mut open = Vec::new();
    for &port in ports {
        addr.sin_port = port.to_be();
        if let Ok(s) = try_port(&addr) {
            let reset = LINGER { l_onoff: 1, l_linger: 0 };
            unsafe { setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const reset).cast(), size_of::<LINGER>() as i32) };
            unsafe { closesocket(s) };
            open.push(port);
        }
        tokio::task::yield_now().await;
    }
    open
}
