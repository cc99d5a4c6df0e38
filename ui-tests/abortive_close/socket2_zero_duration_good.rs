//! socket2: the drop is a hard close only where the send failed.

use socket2::{Domain, SockAddr, Socket, Type};
use std::io;
use std::time::Duration;

pub fn announce(addr: &SockAddr, line: &[u8]) -> io::Result<()> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    socket.connect(addr)?;
    if let Err(e) = socket.send(line) {
        socket.set_linger(Some(Duration::ZERO))?;
        return Err(e);
    }
    Ok(())
}
