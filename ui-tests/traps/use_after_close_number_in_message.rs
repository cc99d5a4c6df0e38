//! The closed descriptor is only a number afterwards: printed, compared, used as the key of a table.

use std::collections::HashMap;
use std::net::TcpStream;
use std::os::windows::io::{AsRawSocket, IntoRawSocket, RawSocket};
use windows_sys::Win32::Networking::WinSock::{SOCKET, closesocket};

#[derive(Debug)]
pub struct Closed {
    pub id: RawSocket,
    pub bytes: u64,
}

#[derive(Default)]
pub struct Stats {
    bytes: HashMap<RawSocket, u64>,
    pub busiest: RawSocket,
}

impl Stats {
    pub fn add(&mut self, stream: &TcpStream, n: u64) {
        *self.bytes.entry(stream.as_raw_socket()).or_default() += n;
    }

    pub fn close(&mut self, stream: TcpStream) -> Closed {
        let id = stream.as_raw_socket();
        drop(stream);
        if id == self.busiest {
            self.busiest = RawSocket::MAX;
        }
        let bytes = self.bytes.remove(&id).unwrap_or(0);
        println!("{id:#x} closed after {bytes} bytes");
        Closed { id, bytes }
    }

    pub fn abort(&mut self, stream: TcpStream) -> String {
        let raw = stream.into_raw_socket();
        let rc = unsafe { closesocket(raw as SOCKET) };
        self.bytes.remove(&raw);
        format!("closesocket({raw}) = {rc}")
    }
}
