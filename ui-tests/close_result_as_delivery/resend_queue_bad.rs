//! A message leaves the resend queue because the lingering close succeeded.

use std::collections::VecDeque;
use windows_sys::Win32::Networking::WinSock::*;

pub struct Outbox {
    pub resend: VecDeque<Vec<u8>>,
}

impl Outbox {
    pub unsafe fn flush_one(&mut self, addr: *const SOCKADDR, len: i32) {
        let Some(message) = self.resend.front() else { return };
        let s = socket(AF_INET6 as i32, SOCK_STREAM, IPPROTO_TCP);
        if s == INVALID_SOCKET {
            return;
        }
        let linger = LINGER { l_onoff: 1, l_linger: 2 };
        setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), 4);
        if connect(s, addr, len) != 0 || send(s, message.as_ptr(), message.len() as i32, 0) < 0 {
            closesocket(s);
            return;
        }
        if closesocket(s) == 0 { //~ close_result_as_delivery
            self.resend.pop_front();
        }
    }
}
