//! The async fn makes the stream linger but does not close it: the caller gets it.

use socket2::{Domain, Protocol, SockAddr, Socket, Type};
use std::io;
use std::time::Duration;

pub async fn connect_patiently(addr: &SockAddr) -> io::Result<Socket> {
    let mut tries = 0;
    let socket = loop {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, Some(Protocol::TCP))?;
        match socket.connect(addr) {
            Ok(()) => break socket,
            Err(err) if tries == 5 => return Err(err),
            Err(_) => tokio::time::sleep(Duration::from_millis(200 << tries)).await,
        }
        tries += 1;
    };
    socket.set_linger(Some(Duration::from_secs(6)))?;
    Ok(socket)
}
