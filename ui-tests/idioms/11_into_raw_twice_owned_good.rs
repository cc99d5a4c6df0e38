//! One into_raw_socket, one owner, and a clone of it.

use std::io;
use std::net::{TcpStream, UdpSocket};
use std::os::windows::io::{FromRawSocket, IntoRawSocket, OwnedSocket};

pub struct Halves {
    pub reader: OwnedSocket,
    pub writer: OwnedSocket,
}

pub fn split(stream: TcpStream) -> io::Result<Halves> {
    stream.set_nonblocking(false)?;
    let raw = stream.into_raw_socket();
    let reader = unsafe { OwnedSocket::from_raw_socket(raw) };
    let writer = reader.try_clone()?;
    Ok(Halves { reader, writer })
}

pub fn retype(socket: OwnedSocket) -> UdpSocket {
    unsafe { UdpSocket::from_raw_socket(socket.into_raw_socket()) }
}
