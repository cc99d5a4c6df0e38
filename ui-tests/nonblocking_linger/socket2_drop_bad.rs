//! socket2: a nonblocking stream with a linger timeout is closed by its drop.

use socket2::{Domain, Protocol, SockAddr, Socket, Type};
use std::io;
use std::time::Duration;

pub fn deliver(addr: &SockAddr, data: &[u8]) -> io::Result<usize> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, Some(Protocol::TCP))?;
    socket.connect(addr)?;
    socket.set_linger(Some(Duration::from_secs(5)))?;
    socket.set_nonblocking(true)?; //~ nonblocking_linger
    socket.send(data)
}
