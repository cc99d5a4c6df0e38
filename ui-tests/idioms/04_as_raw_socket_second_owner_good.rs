//! The second owner gets a descriptor of its own from try_clone.

use std::io;
use std::net::UdpSocket;
use std::os::windows::io::{AsRawSocket, FromRawSocket, IntoRawSocket, RawSocket};

pub struct Endpoint {
    inner: UdpSocket,
}

impl AsRawSocket for Endpoint {
    fn as_raw_socket(&self) -> RawSocket {
        self.inner.as_raw_socket()
    }
}

impl Endpoint {
    pub fn to_socket2(&self) -> io::Result<socket2::Socket> {
        let raw = self.inner.try_clone()?.into_raw_socket();
        let socket = unsafe { socket2::Socket::from_raw_socket(raw) };
        socket.set_recv_buffer_size(1 << 20)?;
        Ok(socket)
    }
}
