//! The fn that lingers and closes is a plain one, and the async fn runs it in spawn_blocking.

use std::io;
use windows_sys::Win32::Networking::WinSock::{
    AF_INET, closesocket, connect, INVALID_SOCKET, LINGER, SD_SEND, send, setsockopt, shutdown, SO_LINGER, SOCK_STREAM, SOCKADDR_IN, socket, SOL_SOCKET,
};

fn deliver_now(addr: &SOCKADDR_IN, data: &[u8]) -> io::Result<i32> {
    let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, 0) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    if unsafe { connect(s, std::ptr::from_ref(addr).cast(), size_of::<SOCKADDR_IN>() as i32) } != 0 {
        let err = io::Error::last_os_error();
        unsafe { closesocket(s) };
        return Err(err);
    }
    let linger = LINGER { l_onoff: 1, l_linger: 5 };
    unsafe {
        setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), 4);
        let sent = send(s, data.as_ptr(), data.len() as i32, 0);
        shutdown(s, SD_SEND);
        closesocket(s);
        Ok(sent)
    }
}

pub async fn deliver(addr: SOCKADDR_IN, data: Vec<u8>) -> io::Result<i32> {
    tokio::task::spawn_blocking(move || deliver_now(&addr, &data)).await?
}
