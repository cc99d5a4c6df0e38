//! The peer's close after our shutdown decides between Outcome::Delivered and Outcome::Lost; the lingering close decides nothing.

use std::io;
use windows_sys::Win32::Networking::WinSock::{
    AF_INET, INVALID_SOCKET, IPPROTO_TCP, LINGER, SD_SEND, SO_LINGER, SOCK_STREAM, SOCKADDR_IN, SOCKET, SOCKET_ERROR, SOL_SOCKET, WSAGetLastError,
    closesocket, connect, recv, send, setsockopt, shutdown, socket,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Delivered,
    Lost,
}

fn dial(peer: &SOCKADDR_IN) -> io::Result<SOCKET> {
    let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) };
    if s == INVALID_SOCKET {
        return Err(io::Error::from_raw_os_error(unsafe { WSAGetLastError() }));
    }
    if unsafe { connect(s, std::ptr::from_ref(peer).cast(), size_of::<SOCKADDR_IN>() as i32) } == SOCKET_ERROR {
        let code = unsafe { WSAGetLastError() };
        unsafe { closesocket(s) };
        return Err(io::Error::from_raw_os_error(code));
    }
    Ok(s)
}

pub fn deliver(peer: &SOCKADDR_IN, mut data: &[u8]) -> io::Result<Outcome> {
    let s = dial(peer)?;
    let linger = LINGER { l_onoff: 1, l_linger: 10 };
    unsafe { setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), size_of::<LINGER>() as i32) };
    while !data.is_empty() {
        let n = unsafe { send(s, data.as_ptr(), data.len() as i32, 0) };
        if n == SOCKET_ERROR {
            unsafe { closesocket(s) };
            return Ok(Outcome::Lost);
        }
        data = &data[n as usize..];
    }
    unsafe { shutdown(s, SD_SEND) };
    let mut end = [0u8; 16];
    let outcome = match unsafe { recv(s, end.as_mut_ptr(), end.len() as i32, 0) } {
        0 => Outcome::Delivered,
        _ => Outcome::Lost,
    };
    match unsafe { closesocket(s) } {
        0 => Ok(outcome),
        _ => Err(io::Error::from_raw_os_error(unsafe { WSAGetLastError() })),
    }
}
