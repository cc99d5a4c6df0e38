//! A connection is split by making a second TcpStream from the descriptor that the first one still owns.

use std::io::{self, BufRead, BufReader, Write};
use std::net::TcpStream;
use std::os::windows::io::{AsRawSocket, FromRawSocket};

pub struct Channel {
    reader: BufReader<TcpStream>,
    writer: TcpStream,
}

impl Channel {
    pub fn new(stream: TcpStream) -> io::Result<Channel> {
        stream.set_nodelay(true)?;
        let writer = unsafe { TcpStream::from_raw_socket(stream.as_raw_socket()) }; //~ double_close
        Ok(Channel { reader: BufReader::new(stream), writer })
    }

    pub fn request(&mut self, line: &str) -> io::Result<String> {
        writeln!(self.writer, "{line}")?;
        let mut answer = String::new();
        self.reader.read_line(&mut answer)?;
        Ok(answer)
    }
}
