//! The thread with the other Arc is woken and joined before the socket in it is closed.

use std::sync::Arc;
use std::thread;
use windows_sys::Win32::Networking::WinSock::{closesocket, recv, SD_BOTH, send, shutdown, SOCKET};

pub struct Peer {
    socket: SOCKET,
    name: String,
}

impl Peer {
    fn read(&self, buf: &mut [u8]) -> Option<usize> {
        let n = unsafe { recv(self.socket, buf.as_mut_ptr(), buf.len() as i32, 0) };
        usize::try_from(n).ok().filter(|&n| n > 0)
    }

    fn write(&self, line: &str) -> bool {
        unsafe { send(self.socket, line.as_ptr(), line.len() as i32, 0) == line.len() as i32 }
    }
}

pub fn chat(socket: SOCKET, name: &str, input: impl Iterator<Item = String>) {
    let peer = Arc::new(Peer { socket, name: name.to_owned() });
    let theirs = Arc::clone(&peer);
    let reader = thread::spawn(move || {
        let mut buf = [0u8; 512];
        while let Some(n) = theirs.read(&mut buf) {
            println!("{}: {}", theirs.name, String::from_utf8_lossy(&buf[..n]));
        }
    });
    for line in input {
        if !peer.write(&line) {
            break;
        }
    }
    unsafe { shutdown(peer.socket, SD_BOTH) };
    let _ = reader.join();
    unsafe { closesocket(peer.socket) };
    println!("{} left", peer.name);
}
