//! socket2: a linger of zero makes the drop a hard close, right after the send.

use socket2::{Domain, SockAddr, Socket, Type};
use std::io;
use std::time::Duration;

pub fn announce(addr: &SockAddr, line: &[u8]) -> io::Result<()> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    socket.connect(addr)?;
    socket.set_linger(Some(Duration::ZERO))?; //~ abortive_close
    socket.send(line)?;
    Ok(())
}
