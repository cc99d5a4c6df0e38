//! socket2: linger zero guards the handshake only; it is off again before the data is sent.

use socket2::{Domain, SockAddr, Socket, Type};
use std::io;
use std::time::Duration;

pub fn publish(addr: &SockAddr, message: &[u8]) -> io::Result<usize> {
    let socket = Socket::new(Domain::IPV6, Type::STREAM, None)?;
    socket.set_linger(Some(Duration::ZERO))?;
    socket.connect(addr)?;
    socket.set_linger(None)?;
    socket.send(message)
}
