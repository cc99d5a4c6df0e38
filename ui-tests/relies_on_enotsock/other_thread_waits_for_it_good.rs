//! The thread polls until it is told to stop, and is joined before the close.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;
use windows_sys::Win32::Networking::WinSock as ws;

static STOP: AtomicBool = AtomicBool::new(false);

pub fn sample_queue(s: ws::SOCKET, time: Duration) -> u32 {
    let sampler = thread::spawn(move || {
        let mut highest = 0;
        loop {
            let mut queued = 0;
            let r = unsafe { ws::ioctlsocket(s, ws::FIONREAD, &mut queued) };
            if r != 0 || STOP.load(Ordering::Acquire) {
                return highest;
            }
            highest = queued.max(highest);
            thread::sleep(Duration::from_millis(20));
        }
    });
    thread::sleep(time);
    STOP.store(true, Ordering::Release);
    let highest = sampler.join().unwrap_or(0);
    unsafe { ws::closesocket(s) };
    highest
}
