//! A resend loop ends with "all data delivered" when the peer's receipt has been read; a failing close is only logged.

use std::time::Duration;
use std::{mem, thread};
use winapi::shared::ws2def::{AF_INET, IPPROTO_TCP, SOCKADDR_IN};
use winapi::um::winsock2::*;

#[derive(Debug)]
pub struct GaveUp {
    pub attempts: u32,
}

unsafe fn attempt(peer: *const SOCKADDR_IN, report: &str) -> Option<SOCKET> {
    let s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP as i32);
    if s == INVALID_SOCKET {
        return None;
    }
    let option = linger { l_onoff: 1, l_linger: 5 };
    let ready = setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const option).cast(), mem::size_of::<linger>() as i32) == 0
        && connect(s, peer.cast(), mem::size_of::<SOCKADDR_IN>() as i32) == 0
        && send(s, report.as_ptr().cast(), report.len() as i32, 0) == report.len() as i32;
    if !ready {
        closesocket(s);
        return None;
    }
    Some(s)
}

pub unsafe fn send_report(peer: *const SOCKADDR_IN, report: &str, max: u32) -> Result<u32, GaveUp> {
    for n in 1..=max {
        if let Some(s) = attempt(peer, report) {
            let mut receipt = [0i8; 4];
            let n_received = recv(s, receipt.as_mut_ptr(), 4, 0);
            if closesocket(s) == SOCKET_ERROR {
                eprintln!("close failed: {}", WSAGetLastError());
            }
            if n_received == 4 {
                println!("all data delivered, {n} attempt(s)");
                return Ok(n);
            }
            eprintln!("not delivered, trying again");
        }
        thread::sleep(Duration::from_secs(u64::from(n)));
    }
    Err(GaveUp { attempts: max })
}
