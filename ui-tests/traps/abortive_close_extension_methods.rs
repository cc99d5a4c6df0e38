//! What a method of the program's own trait, a reader over the stream or a callback receives may be the confirmation.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

trait Acknowledged {
    fn acknowledged(&mut self) -> io::Result<()>;
}

impl<T: Read> Acknowledged for T {
    fn acknowledged(&mut self) -> io::Result<()> {
        let mut byte = [0];
        self.read_exact(&mut byte)
    }
}

fn reset(s: &TcpStream) -> io::Result<()> {
    socket2::SockRef::from(s).set_linger(Some(Duration::ZERO))
}

pub fn by_trait(mut s: TcpStream, event: &[u8]) -> io::Result<()> {
    s.write_all(event)?;
    s.acknowledged()?;
    reset(&s)
}

pub fn by_callback(mut s: TcpStream, event: &[u8], wait: fn(&mut TcpStream) -> io::Result<()>) -> io::Result<()> {
    s.write_all(event)?;
    wait(&mut s)?;
    reset(&s)
}

pub fn by_reader(mut s: TcpStream, event: &[u8]) -> io::Result<()> {
    s.write_all(event)?;
    let mut line = String::new();
    BufReader::new(&s).read_line(&mut line)?;
    reset(&s)
}
