//! A server's stop() closes the listening socket to get its accept loop out of accept.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use windows_sys::Win32::Networking::WinSock as ws;

pub struct Server {
    listener: ws::SOCKET,
    stop: Arc<AtomicBool>,
    served: Arc<AtomicUsize>,
}

fn serve_one(client: ws::SOCKET) {
    let hello = b"220 ready\r\n";
    unsafe {
        ws::send(client, hello.as_ptr(), hello.len() as i32, 0);
        ws::shutdown(client, ws::SD_SEND);
        ws::closesocket(client);
    }
}

impl Server {
    pub fn run(listener: ws::SOCKET) -> io::Result<Server> {
        let stop = Arc::new(AtomicBool::new(false));
        let served = Arc::new(AtomicUsize::new(0));
        let (quit, count) = (stop.clone(), served.clone());
        thread::Builder::new().name("accept".into()).spawn(move || {
            while !quit.load(Ordering::Acquire) {
                let client = unsafe { ws::accept(listener, std::ptr::null_mut(), std::ptr::null_mut()) };
                if client == ws::INVALID_SOCKET {
                    continue;
                }
                count.fetch_add(1, Ordering::Relaxed);
                serve_one(client);
            }
        })?;
        Ok(Server { listener, stop, served })
    }

    pub fn stop(self) -> usize {
        self.stop.store(true, Ordering::Release);
        unsafe { ws::closesocket(self.listener) }; //~ concurrent_close
        self.served.load(Ordering::Relaxed)
    }
}
