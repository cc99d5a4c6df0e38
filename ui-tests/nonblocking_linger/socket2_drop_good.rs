//! socket2: the linger timeout is only set on the stream in blocking mode.

use socket2::{Domain, Protocol, SockAddr, Socket, Type};
use std::io;
use std::time::Duration;

pub fn deliver(addr: &SockAddr, data: &[u8]) -> io::Result<usize> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, Some(Protocol::TCP))?;
    socket.connect(addr)?;
    socket.set_nonblocking(true)?;
    let sent = socket.send(data)?;
    socket.set_nonblocking(false)?;
    socket.set_linger(Some(Duration::from_secs(5)))?;
    Ok(sent)
}
