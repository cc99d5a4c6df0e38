//! An outbox removes a message as delivered when the peer has acknowledged it before the lingering close.

use std::collections::VecDeque;
use std::io;
use windows_sys::Win32::Networking::WinSock as ws;

macro_rules! syscall {
    (SOCKET, $e:expr) => { check(unsafe { $e }, |r| *r == ws::INVALID_SOCKET) };
    (ZERO, $e:expr) => { check(unsafe { $e }, |r| *r != 0) };
}

fn check<T>(res: T, failed: impl Fn(&T) -> bool) -> io::Result<T> {
    if failed(&res) { Err(io::Error::last_os_error()) } else { Ok(res) }
}

pub struct Outbox {
    peer: ws::SOCKADDR_IN,
    undelivered: VecDeque<Vec<u8>>,
    pub delivered: u64,
}

impl Outbox {
    pub fn new(peer: ws::SOCKADDR_IN) -> Outbox {
        Outbox { peer, undelivered: VecDeque::new(), delivered: 0 }
    }

    pub fn push(&mut self, message: Vec<u8>) {
        self.undelivered.push_back(message);
    }

    fn open(&self) -> io::Result<ws::SOCKET> {
        let s = syscall!(SOCKET, ws::socket(ws::AF_INET as i32, ws::SOCK_STREAM, ws::IPPROTO_TCP))?;
        let linger = ws::LINGER { l_onoff: 1, l_linger: 30 };
        let res = syscall!(ZERO, ws::setsockopt(s, ws::SOL_SOCKET, ws::SO_LINGER, (&raw const linger).cast(), 4))
            .and_then(|_| syscall!(ZERO, ws::connect(s, (&raw const self.peer).cast(), 16)));
        match res {
            Ok(_) => Ok(s),
            Err(e) => {
                unsafe { ws::closesocket(s) };
                Err(e)
            }
        }
    }

    /// Sends the oldest message; it stays in the outbox until the peer has it.
    pub fn step(&mut self) -> io::Result<bool> {
        let Some(message) = self.undelivered.front() else {
            return Ok(false);
        };
        let s = self.open()?;
        let sent = unsafe { ws::send(s, message.as_ptr(), message.len() as i32, 0) };
        if sent != message.len() as i32 {
            unsafe { ws::closesocket(s) };
            return Ok(true);
        }
        let mut ack = 0u8;
        let acked = unsafe { ws::recv(s, &mut ack, 1, 0) } == 1 && ack == b'+';
        if acked {
            self.undelivered.pop_front();
            self.delivered += 1;
        }
        syscall!(ZERO, ws::closesocket(s))?;
        Ok(true)
    }
}
