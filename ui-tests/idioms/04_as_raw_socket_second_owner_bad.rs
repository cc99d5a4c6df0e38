//! A second owner is made from a borrowed descriptor.

use std::io;
use std::net::UdpSocket;
use std::os::windows::io::{AsRawSocket, FromRawSocket, RawSocket};

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
        let socket = unsafe { socket2::Socket::from_raw_socket(self.as_raw_socket()) }; //~ double_close
        socket.set_recv_buffer_size(1 << 20)?;
        Ok(socket)
    }
}
