//! Before the close for an oversized chunk the linger timeout is taken off.

use std::io;
use tokio::task;
use windows_sys::Win32::Networking::WinSock::{
    AF_INET, closesocket, connect, INVALID_SOCKET, LINGER, send, setsockopt, SO_LINGER, SOCK_STREAM, SOCKADDR_IN, SOCKET, socket, SOL_SOCKET,
};

const LIMIT: usize = 1 << 16;

fn dial(addr: &SOCKADDR_IN) -> io::Result<SOCKET> {
    let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, 0) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    if unsafe { connect(s, std::ptr::from_ref(addr).cast(), size_of::<SOCKADDR_IN>() as i32) } != 0 {
        let err = io::Error::last_os_error();
        unsafe { closesocket(s) };
        return Err(err);
    }
    Ok(s)
}

pub async fn push(addr: SOCKADDR_IN, chunks: &[Vec<u8>]) -> io::Result<i64> {
    task::yield_now().await;
    let s = dial(&addr)?;
    let on = LINGER { l_onoff: 1, l_linger: 8 };
    unsafe { setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const on).cast(), 4) };
    let mut sent = 0;
    for chunk in chunks {
        if chunk.len() > LIMIT {
            let off = LINGER { l_onoff: 0, l_linger: 0 };
            unsafe { setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const off).cast(), 4) };
            unsafe { closesocket(s) };
            return Err(io::ErrorKind::InvalidInput.into());
        }
        sent += i64::from(unsafe { send(s, chunk.as_ptr(), chunk.len() as i32, 0) });
    }
    task::spawn_blocking(move || unsafe { closesocket(s) }).await?;
    Ok(sent)
}
