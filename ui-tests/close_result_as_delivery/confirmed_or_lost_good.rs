//! winapi: the end of the peer's stream decides between Confirmed and Lost.

use std::mem;
use winapi::shared::ws2def::{AF_INET, SOCK_STREAM, SOCKADDR};
use winapi::um::winsock2::*;

pub enum Delivery {
    NotSent,
    Confirmed,
    Lost,
}

pub unsafe fn transmit(addr: *const SOCKADDR, len: i32, page: &[u8]) -> Delivery {
    let s = socket(AF_INET, SOCK_STREAM, 0);
    if s == INVALID_SOCKET {
        return Delivery::NotSent;
    }
    let mut wait: linger = mem::zeroed();
    wait.l_onoff = 1;
    wait.l_linger = 30;
    setsockopt(s, SOL_SOCKET, SO_LINGER, &wait as *const linger as *const i8, mem::size_of::<linger>() as i32);
    if connect(s, addr, len) == SOCKET_ERROR || send(s, page.as_ptr().cast(), page.len() as i32, 0) == SOCKET_ERROR {
        closesocket(s);
        return Delivery::NotSent;
    }
    shutdown(s, SD_SEND);
    let mut byte = 0;
    let mut end = recv(s, &mut byte, 1, 0);
    while end > 0 {
        end = recv(s, &mut byte, 1, 0);
    }
    closesocket(s);
    match end {
        0 => Delivery::Confirmed,
        _ => Delivery::Lost,
    }
}
