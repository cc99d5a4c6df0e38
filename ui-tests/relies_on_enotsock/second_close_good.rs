//! The common end alone closes, for the good and the failed attempt, and any error of it is reported.

use windows_sys::Win32::Networking::WinSock as ws;

#[derive(Debug)]
pub enum Failure {
    Bind(i32),
    Listen(i32),
    Close(i32),
}

fn last() -> i32 {
    unsafe { ws::WSAGetLastError() }
}

fn reserve(s: ws::SOCKET, addr: &ws::SOCKADDR_IN) -> Result<(), Failure> {
    let len = size_of::<ws::SOCKADDR_IN>() as i32;
    if unsafe { ws::bind(s, std::ptr::from_ref(addr).cast(), len) } == ws::SOCKET_ERROR {
        return Err(Failure::Bind(last()));
    }
    if unsafe { ws::listen(s, 1) } == ws::SOCKET_ERROR {
        return Err(Failure::Listen(last()));
    }
    Ok(())
}

/// Looks for a port on which one can listen.
pub fn free_port(mut addr: ws::SOCKADDR_IN, from: u16, to: u16) -> Result<Option<u16>, Failure> {
    for port in from..=to {
        addr.sin_port = port.to_be();
        let s = unsafe { ws::socket(ws::AF_INET as i32, ws::SOCK_STREAM, ws::IPPROTO_TCP) };
        if s == ws::INVALID_SOCKET {
            return Ok(None);
        }
        let free = reserve(s, &addr).is_ok();
        if unsafe { ws::closesocket(s) } == ws::SOCKET_ERROR {
            return Err(Failure::Close(last()));
        }
        if free {
            return Ok(Some(port));
        }
    }
    Ok(None)
}
