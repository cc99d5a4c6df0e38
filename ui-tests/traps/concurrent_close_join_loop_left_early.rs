//! The loop joins each of the threads, whatever the first ones say, before the close.

use std::thread;
use windows_sys::Win32::Networking::WinSock::{closesocket, sendto, SOCKADDR_IN, SOCKET};

fn send_frames(s: SOCKET, to: SOCKADDR_IN, frames: &[Vec<u8>]) -> bool {
    frames.iter().all(|f| {
        let n = unsafe { sendto(s, f.as_ptr(), f.len() as i32, 0, (&raw const to).cast(), size_of::<SOCKADDR_IN>() as i32) };
        n == f.len() as i32
    })
}

pub fn blast(s: SOCKET, to: SOCKADDR_IN, batches: Vec<Vec<Vec<u8>>>) -> bool {
    let mut senders = Vec::with_capacity(batches.len());
    for batch in batches {
        senders.push(thread::spawn(move || send_frames(s, to, &batch)));
    }
    let mut complete = true;
    for sender in senders {
        complete &= sender.join().unwrap_or(false);
    }
    unsafe { closesocket(s) };
    complete
}
