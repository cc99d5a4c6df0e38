//! A thread polls until its call fails with WSAENOTSOCK, because the spawner closes the socket under it.

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
            if r != 0 && unsafe { ws::WSAGetLastError() } == ws::WSAENOTSOCK { //~ relies_on_enotsock
                return highest;
            }
            highest = queued.max(highest);
            thread::sleep(Duration::from_millis(20));
        }
    });
    thread::sleep(time);
    unsafe { ws::closesocket(s) }; //~ concurrent_close
    let highest = sampler.join().unwrap_or(0);
    highest
}
