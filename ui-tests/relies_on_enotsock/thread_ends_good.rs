//! A receiver thread looks at a stop flag each time its receive timeout is over; stop() joins it and closes then.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::thread::{self, JoinHandle};
use windows_sys::Win32::Networking::WinSock::{
    SO_RCVTIMEO, SOCKET, SOCKET_ERROR, SOL_SOCKET, WSAECONNRESET, WSAEMSGSIZE, WSAENOTSOCK, WSAETIMEDOUT, WSAGetLastError, closesocket,
    recvfrom, setsockopt,
};

pub struct Listener {
    socket: SOCKET,
    stop: Arc<AtomicBool>,
    thread: JoinHandle<u64>,
}

fn text(code: i32) -> &'static str {
    match code {
        WSAENOTSOCK => "the descriptor is not a socket",
        WSAETIMEDOUT => "timed out",
        _ => "unexpected",
    }
}

fn receive(socket: SOCKET, stop: &AtomicBool, out: Sender<Vec<u8>>) -> u64 {
    let mut lost = 0;
    let mut buf = [0u8; 2048];
    let null = std::ptr::null_mut::<i32>();
    while !stop.load(Ordering::Acquire) {
        let n = unsafe { recvfrom(socket, buf.as_mut_ptr(), buf.len() as i32, 0, null.cast(), null) };
        if n == SOCKET_ERROR {
            match unsafe { WSAGetLastError() } {
                WSAETIMEDOUT => {}
                WSAECONNRESET | WSAEMSGSIZE => lost += 1,
                code => {
                    eprintln!("recvfrom: {code}, {}", text(code));
                    break;
                }
            }
        } else if out.send(buf[..n as usize].to_vec()).is_err() {
            break;
        }
    }
    lost
}

impl Listener {
    /// Takes over a bound datagram socket.
    pub fn start(socket: SOCKET, out: Sender<Vec<u8>>) -> Listener {
        let ms = 200u32;
        unsafe { setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, (&raw const ms).cast(), 4) };
        let stop = Arc::new(AtomicBool::new(false));
        let flag = stop.clone();
        let thread = thread::spawn(move || receive(socket, &flag, out));
        Listener { socket, stop, thread }
    }

    pub fn stop(self) -> u64 {
        self.stop.store(true, Ordering::Release);
        let lost = self.thread.join().unwrap_or(0);
        unsafe { closesocket(self.socket) };
        lost
    }
}
