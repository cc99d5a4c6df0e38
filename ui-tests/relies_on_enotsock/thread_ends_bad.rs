//! A receiver thread counts on its recvfrom failing with WSAENOTSOCK once stop() has closed the socket.

use std::sync::mpsc::Sender;
use std::thread::{self, JoinHandle};
use windows_sys::Win32::Networking::WinSock::{
    SOCKET, SOCKET_ERROR, WSAECONNRESET, WSAEMSGSIZE, WSAENOTSOCK, WSAGetLastError, closesocket, recvfrom,
};

pub struct Listener {
    socket: SOCKET,
    thread: JoinHandle<u64>,
}

fn receive(socket: SOCKET, out: Sender<Vec<u8>>) -> u64 {
    let mut lost = 0;
    let mut buf = [0u8; 2048];
    let null = std::ptr::null_mut::<i32>();
    loop {
        let n = unsafe { recvfrom(socket, buf.as_mut_ptr(), buf.len() as i32, 0, null.cast(), null) };
        if n == SOCKET_ERROR {
            match unsafe { WSAGetLastError() } {
                WSAECONNRESET | WSAEMSGSIZE => lost += 1,
                WSAENOTSOCK => return lost, //~ relies_on_enotsock
                code => {
                    eprintln!("recvfrom: {code}");
                    return lost;
                }
            }
        } else if out.send(buf[..n as usize].to_vec()).is_err() {
            return lost;
        }
    }
}

impl Listener {
    /// Takes over a bound datagram socket.
    pub fn start(socket: SOCKET, out: Sender<Vec<u8>>) -> Listener {
        let thread = thread::spawn(move || receive(socket, out));
        Listener { socket, thread }
    }

    pub fn stop(self) -> u64 {
        unsafe { closesocket(self.socket) }; //~ concurrent_close
        self.thread.join().unwrap_or(0)
    }
}
