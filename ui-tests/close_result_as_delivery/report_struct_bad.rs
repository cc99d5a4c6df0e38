//! The closesocket result of a lingering socket becomes the field `acknowledged` of a transfer report.

use std::time::{Duration, Instant};
use windows::Win32::Networking::WinSock::{
    AF_INET, IPPROTO_TCP, LINGER, SEND_RECV_FLAGS, SO_LINGER, SOCK_STREAM, SOCKADDR_IN, SOCKET, SOL_SOCKET, closesocket, connect, send,
    setsockopt, socket,
};
use windows::core::{Error, Result};

#[derive(Debug, Clone)]
pub struct TransferReport {
    pub bytes: usize,
    pub took: Duration,
    /// The receiver has all bytes.
    pub acknowledged: bool,
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
    let code = unsafe { closesocket(s) }; //~ close_result_as_delivery
    Ok(TransferReport { bytes, took: start.elapsed(), acknowledged: code == 0 && bytes == file.len() })
}
