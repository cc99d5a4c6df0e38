//! The running thread uses a socket of its own; of the closed one it only prints the number.

use std::thread;
use std::time::Duration;
use windows_sys::Win32::Networking::WinSock::{closesocket, recv, SD_SEND, sendto, shutdown, SOCKADDR_IN, SOCKET};

pub fn drain_with_progress(s: SOCKET, monitor: SOCKET, to: SOCKADDR_IN) {
    thread::spawn(move || {
        for tick in 0u8..30 {
            let n = unsafe { sendto(monitor, &tick, 1, 0, (&raw const to).cast(), size_of::<SOCKADDR_IN>() as i32) };
            println!("socket {s}: tick {tick}, reported {n}");
            thread::sleep(Duration::from_secs(1));
        }
        unsafe { closesocket(monitor) };
    });
    let mut buf = [0u8; 4096];
    unsafe { shutdown(s, SD_SEND) };
    while unsafe { recv(s, buf.as_mut_ptr(), 4096, 0) } > 0 {}
    unsafe { closesocket(s) };
}
