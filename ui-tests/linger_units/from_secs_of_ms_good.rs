//! socket2: the Duration's seconds are made from milliseconds by a division.

use socket2::{Domain, Protocol, SockAddr, Socket, Type};
use std::io;
use std::time::Duration;

pub struct Options {
    pub linger_ms: u64,
    pub nodelay: bool,
}

pub fn connect(options: &Options, addr: &SockAddr) -> io::Result<Socket> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, Some(Protocol::TCP))?;
    socket.set_tcp_nodelay(options.nodelay)?;
    socket.set_linger(Some(Duration::from_secs(options.linger_ms.div_ceil(1000))))?;
    socket.connect(addr)?;
    Ok(socket)
}
