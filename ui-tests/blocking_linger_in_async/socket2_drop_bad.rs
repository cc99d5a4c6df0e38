//! socket2: the lingering stream is dropped at the end of an async fn.

use socket2::{Domain, Protocol, SockAddr, Socket, Type};
use std::io;
use std::time::Duration;
use tokio::time::sleep;

pub async fn farewell(addr: SockAddr) -> io::Result<usize> {
    sleep(Duration::from_millis(10)).await;
    let socket = Socket::new(Domain::IPV4, Type::STREAM, Some(Protocol::TCP))?;
    socket.connect(&addr)?;
    socket.set_linger(Some(Duration::from_secs(5)))?; //~ blocking_linger_in_async
    let sent = socket.send(b"bye\n");
    sent
}
