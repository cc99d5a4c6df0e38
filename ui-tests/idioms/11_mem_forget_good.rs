//! mem::forget runs only when the descriptor was handed over.

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
        if self.table.len() == self.limit {
            return false;
        }
        self.table.insert(addr.port(), listener.as_raw_socket());
        mem::forget(listener);
        true
    }
}
