//! shutdown ends the recv that runs in another thread.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use windows_sys::Win32::Networking::WinSock::{SD_BOTH, SOCKET, shutdown};

pub struct Reader {
    pub socket: SOCKET,
    pub stopping: &'static AtomicBool,
    pub thread: JoinHandle<usize>,
}

pub fn stop(reader: Reader) -> Option<usize> {
    reader.stopping.store(true, Ordering::Release);
    unsafe { shutdown(reader.socket, SD_BOTH) };
    reader.thread.join().ok()
}
