//! A socket2::Socket gets a linger time and then nonblocking mode; its drop closes it.

use socket2::{Domain, Protocol, SockAddr, Socket, Type};
use std::io::{self, Write};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

struct Pusher {
    socket: Socket,
    deadline: Instant,
}

impl Pusher {
    fn write_all(&mut self, mut data: &[u8]) -> io::Result<()> {
        while !data.is_empty() {
            match self.socket.write(data) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(n) => data = &data[n..],
                Err(e) if e.kind() == io::ErrorKind::WouldBlock && Instant::now() < self.deadline => std::thread::yield_now(),
                Err(e) => return Err(e),
            }
        }
        Ok(())
    }
}

pub fn push(to: SocketAddr, data: &[u8]) -> io::Result<()> {
    let socket = Socket::new(Domain::for_address(to), Type::STREAM, Some(Protocol::TCP))?;
    socket.connect(&SockAddr::from(to))?;
    socket.set_linger(Some(Duration::from_secs(5)))?;
    socket.set_nonblocking(true)?; //~ nonblocking_linger
    let mut pusher = Pusher { socket, deadline: Instant::now() + Duration::from_secs(30) };
    pusher.write_all(data)?;
    Ok(())
}
