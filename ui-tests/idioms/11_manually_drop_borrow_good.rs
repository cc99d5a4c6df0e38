//! A borrowed descriptor in ManuallyDrop: nothing is closed.

use std::io;
use std::mem::ManuallyDrop;
use std::net::{TcpListener, TcpStream};
use std::os::windows::io::{AsRawSocket, FromRawSocket};

pub struct Acceptor {
    listener: socket2::Socket,
}

impl Acceptor {
    pub fn accept(&self) -> io::Result<TcpStream> {
        let raw = self.listener.as_raw_socket();
        let listener = ManuallyDrop::new(unsafe { TcpListener::from_raw_socket(raw) });
        let (stream, _) = listener.accept()?;
        stream.set_nodelay(true)?;
        Ok(stream)
    }
}
