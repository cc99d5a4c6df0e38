//! mem::forget runs although the hand-over failed.

use std::collections::HashMap;
use std::mem;
use std::net::TcpListener;
use std::os::windows::io::{AsRawSocket, RawSocket};

pub struct Inherited {
    table: HashMap<u16, RawSocket>,
    limit: usize,
}

impl Inherited {
    pub fn keep(&mut self, listener: TcpListener) -> bool {
        let Ok(addr) = listener.local_addr() else {
            return false;
        };
        let raw = listener.as_raw_socket();
        mem::forget(listener); //~ unclosed_socket
        if self.table.len() == self.limit {
            return false;
        }
        self.table.insert(addr.port(), raw);
        true
    }
}
