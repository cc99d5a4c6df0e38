//! The owner's drop is the only close on the error path.

use socket2::{Domain, Protocol, SockAddr, Socket, Type};
use std::io;
use std::net::SocketAddr;

pub fn listener(addr: SocketAddr) -> io::Result<Socket> {
    let socket = Socket::new(Domain::for_address(addr), Type::STREAM, Some(Protocol::TCP))?;
    socket.bind(&SockAddr::from(addr)).map_err(|err| io::Error::new(err.kind(), format!("{addr}: {err}")))?;
    socket.listen(128)?;
    Ok(socket)
}
