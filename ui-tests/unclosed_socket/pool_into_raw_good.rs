//! A pool asks for the peer's port through a borrow and takes the descriptor out last.

use std::collections::HashMap;
use std::io;
use std::net::{TcpStream, ToSocketAddrs};
use std::os::windows::io::{AsRawSocket, IntoRawSocket};
use windows_sys::Win32::Networking::WinSock::{SOCKADDR, SOCKADDR_IN, SOCKET, closesocket, getpeername};

#[derive(Default)]
pub struct Pool {
    idle: HashMap<u16, SOCKET>,
}

fn peer_port(s: SOCKET) -> io::Result<u16> {
    let mut name = SOCKADDR_IN::default();
    let mut len = size_of::<SOCKADDR_IN>() as i32;
    let rc = unsafe { getpeername(s, &raw mut name as *mut SOCKADDR, &mut len) };
    if rc != 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(u16::from_be(name.sin_port))
}

impl Pool {
    pub fn open(&mut self, to: impl ToSocketAddrs) -> io::Result<u16> {
        let stream = TcpStream::connect(to)?;
        stream.set_nodelay(true)?;
        let port = peer_port(stream.as_raw_socket() as SOCKET)?;
        let raw = stream.into_raw_socket() as SOCKET;
        if let Some(old) = self.idle.insert(port, raw) {
            unsafe { closesocket(old) };
        }
        Ok(port)
    }

    pub fn take(&mut self, port: u16) -> Option<SOCKET> {
        self.idle.remove(&port)
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        for (_, s) in self.idle.drain() {
            unsafe { closesocket(s) };
        }
    }
}
