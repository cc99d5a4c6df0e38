//! `try_clone` makes a second descriptor, and conversions move the one owner along.

use socket2::{Domain, Socket, Type};
use std::io;
use std::net::TcpStream;
use std::os::windows::io::{AsRawSocket, FromRawSocket, IntoRawSocket, OwnedSocket};

pub fn pair(addr: std::net::SocketAddr) -> io::Result<(TcpStream, Socket)> {
    let socket = Socket::new(Domain::for_address(addr), Type::STREAM, None)?;
    socket.connect(&addr.into())?;
    let copy = socket.try_clone()?;
    println!("{} and {}", socket.as_raw_socket(), copy.as_raw_socket());
    let owned = OwnedSocket::from(socket);
    let stream = unsafe { TcpStream::from_raw_socket(owned.into_raw_socket()) };
    Ok((stream, copy))
}
