//! A pool's Drop empties its Vec of sockets and counts the closes that failed.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use winapi::um::winsock2::{SOCKET, SOCKET_ERROR, closesocket};

static FAILED: AtomicUsize = AtomicUsize::new(0);

/// Number of sockets that could not be closed.
pub fn failed_closes() -> usize {
    FAILED.load(Ordering::Relaxed)
}

pub struct Pool {
    idle: Vec<SOCKET>,
    limit: usize,
}

impl Pool {
    pub fn new(limit: usize) -> Pool {
        Pool { idle: Vec::with_capacity(limit), limit }
    }

    pub fn get(&mut self) -> Option<SOCKET> {
        self.idle.pop()
    }

    /// Takes the socket over, or closes it when the pool is full.
    pub fn put(&mut self, s: SOCKET) -> io::Result<()> {
        if self.idle.len() < self.limit {
            self.idle.push(s);
            return Ok(());
        }
        match unsafe { closesocket(s) } {
            SOCKET_ERROR => Err(io::Error::last_os_error()),
            _ => Ok(()),
        }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        while let Some(s) = self.idle.pop() {
            if unsafe { closesocket(s) } == SOCKET_ERROR {
                FAILED.fetch_add(1, Ordering::Relaxed);
            }
        }
    }
}
