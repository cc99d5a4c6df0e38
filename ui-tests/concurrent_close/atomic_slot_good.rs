//! The number is swapped out, the receiver joined, then the socket closed.

use std::ptr::null_mut;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;
use windows_sys::Win32::Networking::WinSock::{closesocket, INVALID_SOCKET, recvfrom, setsockopt, SO_RCVTIMEO, SOCKET, SOL_SOCKET};

pub fn datagrams_in(bound: SOCKET, time: Duration) -> usize {
    let millis = 200u32;
    unsafe { setsockopt(bound, SOL_SOCKET, SO_RCVTIMEO, (&raw const millis).cast(), 4) };
    let slot = Arc::new(AtomicUsize::new(bound));
    let theirs = slot.clone();
    let receiver = thread::spawn(move || {
        let (mut count, mut buf) = (0, [0u8; 1500]);
        loop {
            let s = theirs.load(Ordering::Acquire);
            if s == INVALID_SOCKET {
                return count;
            }
            if unsafe { recvfrom(s, buf.as_mut_ptr(), 1500, 0, null_mut(), null_mut()) } >= 0 {
                count += 1;
            }
        }
    });
    thread::sleep(time);
    let s = slot.swap(INVALID_SOCKET, Ordering::AcqRel);
    let count = receiver.join().unwrap_or(0);
    unsafe { closesocket(s) };
    count
}
