//! A delivery receipt is written out because the peer has read to the end.

use std::time::SystemTime;
use windows_sys::Win32::Networking::WinSock::{AF_INET, INVALID_SOCKET, LINGER, SD_SEND, SO_LINGER, SOCK_STREAM, SOCKADDR_IN, SOL_SOCKET, closesocket as close, connect, recv, send, setsockopt, shutdown, socket};

pub struct DeliveryReceipt {
    pub bytes: usize,
    pub delivered_at: SystemTime,
}

static PATIENCE: LINGER = LINGER { l_onoff: 1, l_linger: 60 };

pub fn hand_in(addr: &SOCKADDR_IN, form: &[u8]) -> Option<DeliveryReceipt> {
    unsafe {
        let s = socket(AF_INET as i32, SOCK_STREAM, 0);
        if s == INVALID_SOCKET {
            return None;
        }
        setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const PATIENCE).cast(), 4);
        let len = size_of::<SOCKADDR_IN>() as i32;
        if connect(s, (addr as *const SOCKADDR_IN).cast(), len) != 0 || send(s, form.as_ptr(), form.len() as i32, 0) <= 0 {
            close(s);
            return None;
        }
        let mut buf = [0u8; 32];
        shutdown(s, SD_SEND);
        let end = loop {
            match recv(s, buf.as_mut_ptr(), 32, 0) {
                n if n > 0 => continue,
                end => break end,
            }
        };
        close(s);
        (end == 0).then(|| DeliveryReceipt { bytes: form.len(), delivered_at: SystemTime::now() })
    }
}
