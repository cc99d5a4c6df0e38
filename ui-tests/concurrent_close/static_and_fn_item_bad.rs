//! The thread's function finds the descriptor in a static and may be in recv when it is closed.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use windows_sys::Win32::Networking::WinSock::{closesocket, INVALID_SOCKET, recv, SD_BOTH, send, shutdown, SOCKET};

static WATCHED: AtomicUsize = AtomicUsize::new(INVALID_SOCKET);
static GONE: AtomicBool = AtomicBool::new(false);

fn watch() {
    let s = WATCHED.load(Ordering::Acquire);
    let mut byte = 0u8;
    while unsafe { recv(s, &mut byte, 1, 0) } == 1 {}
    GONE.store(true, Ordering::Release);
}

pub fn stream(s: SOCKET, frames: &[&[u8]]) {
    WATCHED.store(s, Ordering::Release);
    let watcher = thread::spawn(watch);
    for frame in frames {
        if GONE.load(Ordering::Acquire) || unsafe { send(s, frame.as_ptr(), frame.len() as i32, 0) } < 0 {
            break;
        }
    }
    unsafe { shutdown(s, SD_BOTH) };
    unsafe { closesocket(s) }; //~ concurrent_close
    let _ = watcher.join();
    WATCHED.store(INVALID_SOCKET, Ordering::Release);
}
