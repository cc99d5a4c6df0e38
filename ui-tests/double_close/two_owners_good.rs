//! The writer is a duplicate with a descriptor of its own.

use std::io;
use std::net::TcpStream;
use std::os::windows::io::{FromRawSocket, RawSocket};

pub struct Halves {
    pub reader: TcpStream,
    pub writer: TcpStream,
}

pub unsafe fn split(raw: RawSocket) -> io::Result<Halves> {
    let reader = TcpStream::from_raw_socket(raw);
    reader.set_nodelay(true)?;
    let writer = reader.try_clone()?;
    Ok(Halves { reader, writer })
}
