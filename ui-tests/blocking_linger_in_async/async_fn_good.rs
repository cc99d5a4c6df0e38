//! The lingering close is done by spawn_blocking.

use std::io;
use std::time::Duration;
use tokio::time::sleep;
use windows_sys::Win32::Networking::WinSock::{
    AF_INET, closesocket, connect, INVALID_SOCKET, IPPROTO_TCP, LINGER, send, setsockopt, SO_LINGER, SOCK_STREAM, SOCKADDR_IN, socket, SOCKET_ERROR, SOL_SOCKET,
};

pub async fn deliver(addr: SOCKADDR_IN, data: Vec<u8>) -> io::Result<bool> {
    sleep(Duration::from_millis(100)).await;
    let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    if unsafe { connect(s, (&raw const addr).cast(), size_of::<SOCKADDR_IN>() as i32) } == SOCKET_ERROR {
        let err = io::Error::last_os_error();
        unsafe { closesocket(s) };
        return Err(err);
    }
    let linger = LINGER { l_onoff: 1, l_linger: 5 };
    unsafe { setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), size_of::<LINGER>() as i32) };
    let sent = unsafe { send(s, data.as_ptr(), data.len() as i32, 0) };
    tokio::task::spawn_blocking(move || unsafe { closesocket(s) }).await?;
    Ok(sent == data.len() as i32)
}
