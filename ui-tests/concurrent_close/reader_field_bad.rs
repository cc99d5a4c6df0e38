//! Drop of a connection closes the socket first and joins its reader thread afterwards.

use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use windows_sys::Win32::Networking::WinSock::{closesocket, recv, send, shutdown, SD_BOTH, SOCKET, SOCKET_ERROR};

pub struct Connection {
    socket: SOCKET,
    lines: Receiver<Vec<u8>>,
    reader: Option<JoinHandle<()>>,
}

fn pump(socket: SOCKET, out: Sender<Vec<u8>>) {
    let mut buf = [0u8; 2048];
    loop {
        let n = unsafe { recv(socket, buf.as_mut_ptr(), buf.len() as i32, 0) };
        if n <= 0 || out.send(buf[..n as usize].to_vec()).is_err() {
            break;
        }
    }
}

impl Connection {
    /// Takes over a connected socket.
    pub fn start(socket: SOCKET) -> Connection {
        let (tx, lines) = channel();
        let reader = thread::spawn(move || pump(socket, tx));
        Connection { socket, lines, reader: Some(reader) }
    }

    pub fn say(&self, text: &str) -> io::Result<usize> {
        let n = unsafe { send(self.socket, text.as_ptr(), text.len() as i32, 0) };
        if n == SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(n as usize) }
    }

    pub fn next(&self) -> Option<Vec<u8>> {
        self.lines.recv().ok()
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        unsafe { shutdown(self.socket, SD_BOTH) };
        unsafe { closesocket(self.socket) }; //~ concurrent_close
        if let Some(reader) = self.reader.take() {
            let _ = reader.join();
        }
    }
}
