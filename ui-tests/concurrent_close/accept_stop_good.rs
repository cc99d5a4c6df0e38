//! The accept loop polls with a time limit and closes the listening socket itself; stop() only waits for it.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{self, JoinHandle};
use windows_sys::Win32::Networking::WinSock as ws;

pub struct Server {
    stop: Arc<AtomicBool>,
    served: Arc<AtomicUsize>,
    worker: JoinHandle<()>,
}

fn serve_one(client: ws::SOCKET) {
    let hello = b"220 ready\r\n";
    unsafe {
        ws::send(client, hello.as_ptr(), hello.len() as i32, 0);
        ws::shutdown(client, ws::SD_SEND);
        ws::closesocket(client);
    }
}

fn readable(listener: ws::SOCKET) -> bool {
    let mut poll = ws::WSAPOLLFD { fd: listener, events: ws::POLLRDNORM, revents: 0 };
    unsafe { ws::WSAPoll(&mut poll, 1, 200) > 0 }
}

impl Server {
    pub fn run(listener: ws::SOCKET) -> io::Result<Server> {
        let stop = Arc::new(AtomicBool::new(false));
        let served = Arc::new(AtomicUsize::new(0));
        let (quit, count) = (stop.clone(), served.clone());
        let worker = thread::Builder::new().name("accept".into()).spawn(move || {
            while !quit.load(Ordering::Acquire) {
                if !readable(listener) {
                    continue;
                }
                let client = unsafe { ws::accept(listener, std::ptr::null_mut(), std::ptr::null_mut()) };
                if client == ws::INVALID_SOCKET {
                    continue;
                }
                count.fetch_add(1, Ordering::Relaxed);
                serve_one(client);
            }
            unsafe { ws::closesocket(listener) };
        })?;
        Ok(Server { stop, served, worker })
    }

    pub fn stop(self) -> usize {
        self.stop.store(true, Ordering::Release);
        let _ = self.worker.join();
        self.served.load(Ordering::Relaxed)
    }
}
