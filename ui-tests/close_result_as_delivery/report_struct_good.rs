//! The field `acknowledged` comes from the receiver's byte count; the result of the lingering close goes into a field of its own.

use std::time::{Duration, Instant};
use windows::Win32::Networking::WinSock::{
    AF_INET, IPPROTO_TCP, LINGER, SEND_RECV_FLAGS, SO_LINGER, SOCK_STREAM, SOCKADDR_IN, SOCKET, SOL_SOCKET, closesocket, connect, recv, send,
    setsockopt, socket,
};
use windows::core::{Error, Result};

#[derive(Debug, Clone)]
pub struct TransferReport {
    pub bytes: usize,
    pub took: Duration,
    /// The receiver has all bytes.
    pub acknowledged: bool,
    /// The descriptor has been released.
    pub released: bool,
}

const PATIENCE: u16 = 20;

fn linger_on(s: SOCKET) {
    let option = LINGER { l_onoff: 1, l_linger: PATIENCE };
    let bytes = unsafe { std::slice::from_raw_parts((&raw const option).cast::<u8>(), size_of::<LINGER>()) };
    unsafe { setsockopt(s, SOL_SOCKET, SO_LINGER, Some(bytes)) };
}

fn tcp_to(peer: &SOCKADDR_IN) -> Result<SOCKET> {
    let s = unsafe { socket(AF_INET.0.into(), SOCK_STREAM, IPPROTO_TCP.0) }?;
    if unsafe { connect(s, (&raw const *peer).cast(), size_of::<SOCKADDR_IN>() as i32) } != 0 {
        let err = Error::from_thread();
        unsafe { closesocket(s) };
        return Err(err);
    }
    Ok(s)
}

pub fn transfer(peer: &SOCKADDR_IN, file: &[u8]) -> Result<TransferReport> {
    let start = Instant::now();
    let s = tcp_to(peer)?;
    linger_on(s);
    let mut bytes = 0;
    for block in file.chunks(64 * 1024) {
        let n = unsafe { send(s, block, SEND_RECV_FLAGS(0)) };
        if n < 0 {
            break;
        }
        bytes += n as usize;
    }
    let mut count = [0u8; 8];
    let n = unsafe { recv(s, &mut count, SEND_RECV_FLAGS(0)) };
    let acknowledged = n == 8 && u64::from_be_bytes(count) == file.len() as u64;
    let code = unsafe { closesocket(s) };
    Ok(TransferReport { bytes, took: start.elapsed(), acknowledged, released: code == 0 })
}
