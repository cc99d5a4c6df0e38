//! After shutdown and draining to the end of the peer's data the zero linger time can lose nothing.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

use socket2::Socket;

pub trait Finish {
    fn finish(self) -> io::Result<u64>;
}

impl Finish for TcpStream {
    /// Returns how many bytes the peer still sent.
    fn finish(mut self) -> io::Result<u64> {
        self.shutdown(Shutdown::Write)?;
        let rest = io::copy(&mut self, &mut io::sink())?;
        let socket = Socket::from(self);
        socket.set_linger(Some(Duration::from_secs(0)))?;
        Ok(rest)
    }
}

pub fn submit(addr: SocketAddr, lines: &[&str]) -> io::Result<u64> {
    let mut stream = TcpStream::connect(addr)?;
    for line in lines {
        stream.write_all(line.as_bytes())?;
        stream.write_all(b"\n")?;
    }
    stream.finish()
}
