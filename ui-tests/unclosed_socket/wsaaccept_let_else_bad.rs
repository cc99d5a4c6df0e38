//! The handler of a WSAAccept leaves through let-else when the greeting is not understood.

use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{
    INVALID_SOCKET, SOCKET, WSAAccept, closesocket as close, recv as receive,
};

#[derive(Debug, PartialEq)]
enum Hello {
    Reader(u8),
    Writer(u8),
}

impl Hello {
    fn parse(line: &[u8]) -> Option<Hello> {
        match line {
            [b'R', id, ..] => Some(Hello::Reader(*id)),
            [b'W', id, ..] => Some(Hello::Writer(*id)),
            _ => None,
        }
    }
}

#[derive(Default)]
pub struct Broker {
    readers: Vec<(u8, SOCKET)>,
    writers: Vec<(u8, SOCKET)>,
}

impl Broker {
    /// Takes one client in. `None` when there was none, or it did not say who it is.
    pub unsafe fn admit(&mut self, listener: SOCKET) -> Option<u8> {
        let client = match WSAAccept(listener, null_mut(), null_mut(), None, 0) { //~ unclosed_socket
            INVALID_SOCKET => return None,
            client => client,
        };
        let mut line = [0u8; 16];
        let got = receive(client, line.as_mut_ptr(), line.len() as i32, 0);
        if got <= 0 {
            close(client);
            return None;
        }
        let Some(hello) = Hello::parse(&line[..got as usize]) else {
            eprintln!("client {client}: no greeting in {got} bytes");
            return None;
        };
        match hello {
            Hello::Reader(id) => {
                self.readers.push((id, client));
                Some(id)
            }
            Hello::Writer(id) => {
                self.writers.push((id, client));
                Some(id)
            }
        }
    }
}

impl Drop for Broker {
    fn drop(&mut self) {
        for (_, s) in self.readers.drain(..).chain(self.writers.drain(..)) {
            unsafe { close(s) };
        }
    }
}
