//! winapi: the hard close meant for a failed handshake also hits the job that was sent.

use std::mem;
use winapi::shared::ws2def::{AF_INET, SOCK_STREAM, SOCKADDR};
use winapi::um::winsock2::{closesocket, connect, INVALID_SOCKET, linger, recv, send, setsockopt, SO_LINGER, SOCKET, socket, SOCKET_ERROR, SOL_SOCKET};

unsafe fn apply(s: SOCKET, option: &linger) {
    setsockopt(s, SOL_SOCKET, SO_LINGER, option as *const linger as *const i8, mem::size_of::<linger>() as i32);
}

pub unsafe fn submit(addr: *const SOCKADDR, len: i32, job: &[u8]) -> bool {
    let s = socket(AF_INET, SOCK_STREAM, 0);
    if s == INVALID_SOCKET {
        return false;
    }
    let abort = linger { l_onoff: 1, ..mem::zeroed() };
    apply(s, &abort);
    let mut banner = [0i8; 64];
    if connect(s, addr, len) == SOCKET_ERROR || recv(s, banner.as_mut_ptr(), 64, 0) <= 0 {
        closesocket(s);
        return false;
    }
    let n = send(s, job.as_ptr().cast(), job.len() as i32, 0);
    closesocket(s); //~ abortive_close
    n == job.len() as i32
}
