//! A borrowed descriptor in a plain owner: it closes, and the real owner closes again.

use std::io;
use std::net::{TcpListener, TcpStream};
use std::os::windows::io::{AsRawSocket, FromRawSocket};

pub struct Acceptor {
    listener: socket2::Socket,
}

impl Acceptor {
    pub fn accept(&self) -> io::Result<TcpStream> {
        let raw = self.listener.as_raw_socket();
        let listener = unsafe { TcpListener::from_raw_socket(raw) }; //~ double_close
        let (stream, _) = listener.accept()?;
        stream.set_nodelay(true)?;
        Ok(stream)
    }
}
