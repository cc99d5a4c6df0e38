//! Drop calls `stop`, which takes the handle and joins, and closes after it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use windows_sys::Win32::Networking::WinSock as ws;

pub struct Receiver {
    socket: ws::SOCKET,
    stop: Arc<AtomicBool>,
    workers: Vec<JoinHandle<u64>>,
}

impl Receiver {
    pub fn start(socket: ws::SOCKET, threads: usize) -> Receiver {
        let stop = Arc::new(AtomicBool::new(false));
        let millis = 100u32;
        unsafe { ws::setsockopt(socket, ws::SOL_SOCKET, ws::SO_RCVTIMEO, (&raw const millis).cast(), 4) };
        let work = |stop: Arc<AtomicBool>| {
            move || {
                let (mut n, mut buf) = (0, [0u8; 1500]);
                while !stop.load(Ordering::Acquire) {
                    n += u64::from(unsafe { ws::recv(socket, buf.as_mut_ptr(), 1500, 0) } >= 0);
                }
                n
            }
        };
        let workers = (0..threads).map(|_| thread::spawn(work(stop.clone()))).collect();
        Receiver { socket, stop, workers }
    }

    pub fn stop(&mut self) -> u64 {
        self.stop.store(true, Ordering::Release);
        self.workers.drain(..).map(|worker| worker.join().unwrap_or(0)).sum()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.stop();
        unsafe { ws::closesocket(self.socket) };
    }
}
