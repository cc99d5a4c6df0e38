//! An async method of a session takes the settings without lingering; a lingering end exists as a blocking method.

use std::io;
use std::mem;
use winapi::shared::ws2def::{AF_INET, IPPROTO_TCP, SOCKADDR_IN};
use winapi::um::winsock2::{
    INVALID_SOCKET, SO_LINGER, SOCK_STREAM, SOCKET, SOCKET_ERROR, SOL_SOCKET, WSAGetLastError, closesocket, connect, linger, send,
    setsockopt, socket,
};

pub struct Settings {
    pub linger: linger,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { linger: linger { l_onoff: 1, l_linger: 8 } }
    }
}

pub struct Session {
    socket: SOCKET,
    queue: Vec<Vec<u8>>,
}

fn last_error<T>() -> io::Result<T> {
    Err(io::Error::from_raw_os_error(unsafe { WSAGetLastError() }))
}

impl Session {
    pub unsafe fn open(peer: &SOCKADDR_IN) -> io::Result<Session> {
        let s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP as i32);
        if s == INVALID_SOCKET {
            return last_error();
        }
        if connect(s, (peer as *const SOCKADDR_IN).cast(), mem::size_of::<SOCKADDR_IN>() as i32) == SOCKET_ERROR {
            let res = last_error();
            closesocket(s);
            return res;
        }
        Ok(Session { socket: s, queue: Vec::new() })
    }

    pub fn push(&mut self, message: &[u8]) {
        self.queue.push(message.to_vec());
    }

    fn configure(&self, option: &linger) -> bool {
        unsafe { setsockopt(self.socket, SOL_SOCKET, SO_LINGER, (option as *const linger).cast(), mem::size_of::<linger>() as i32) == 0 }
    }

    async fn flush(&mut self) -> bool {
        self.queue.drain(..).all(|m| unsafe { send(self.socket, m.as_ptr().cast(), m.len() as i32, 0) } != SOCKET_ERROR)
    }

    /// May block for the whole linger time.
    pub fn end_blocking(self, settings: &Settings) -> bool {
        self.configure(&settings.linger);
        unsafe { closesocket(self.socket) == 0 }
    }

    pub async fn end(mut self) -> io::Result<()> {
        let res = if self.flush().await { Ok(()) } else { last_error() };
        unsafe { closesocket(self.socket) };
        res
    }
}
