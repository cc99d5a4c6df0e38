//! The receiver thread is joined before the socket is closed.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;
use windows_sys::Win32::Networking::WinSock::{AF_INET, bind, closesocket, INVALID_SOCKET, IPPROTO_UDP, recvfrom, setsockopt, SO_RCVTIMEO, SOCK_DGRAM, SOCKADDR_IN, socket, SOL_SOCKET};

static STOP: AtomicBool = AtomicBool::new(false);

pub fn count_for(port: u16, time: Duration) -> Option<u64> {
    let s = unsafe { socket(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP) };
    if s == INVALID_SOCKET {
        return None;
    }
    let mut addr: SOCKADDR_IN = unsafe { std::mem::zeroed() };
    addr.sin_family = AF_INET;
    addr.sin_port = port.to_be();
    let ms = 100u32;
    let ready = unsafe {
        setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, (&raw const ms).cast(), 4) == 0
            && bind(s, (&raw const addr).cast(), size_of::<SOCKADDR_IN>() as i32) == 0
    };
    if !ready {
        unsafe { closesocket(s) };
        return None;
    }
    let receiver = thread::spawn(move || {
        let (mut n, mut buf) = (0, [0u8; 1500]);
        while !STOP.load(Ordering::Acquire) {
            if unsafe { recvfrom(s, buf.as_mut_ptr(), 1500, 0, std::ptr::null_mut(), std::ptr::null_mut()) } >= 0 {
                n += 1;
            }
        }
        n
    });
    thread::sleep(time);
    STOP.store(true, Ordering::Release);
    let n = receiver.join().ok();
    unsafe { closesocket(s) };
    n
}
