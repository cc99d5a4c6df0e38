//! A blocking std stream with a linger time set through socket2 is dropped at the end of an async fn.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use socket2::SockRef;

pub struct Reply {
    pub status: u16,
    pub body: Vec<u8>,
}

const FLUSH_TIME: Duration = Duration::from_secs(15);

fn parse(raw: &[u8]) -> io::Result<Reply> {
    let status = raw
        .get(..3)
        .and_then(|d| std::str::from_utf8(d).ok())
        .and_then(|d| d.parse().ok())
        .ok_or_else(|| io::Error::from(io::ErrorKind::InvalidData))?;
    Ok(Reply { status, body: raw[3..].to_vec() })
}

async fn body_of(topic: &str) -> Vec<u8> {
    topic.bytes().rev().collect()
}

pub async fn report(addr: SocketAddr, topic: &str) -> io::Result<Reply> {
    let body = body_of(topic).await;
    let mut stream = TcpStream::connect(addr)?;
    SockRef::from(&stream).set_linger(Some(FLUSH_TIME))?; //~ blocking_linger_in_async
    stream.write_all(&(body.len() as u32).to_be_bytes())?;
    stream.write_all(&body)?;
    let mut head = [0u8; 3];
    stream.read_exact(&mut head)?;
    let reply = parse(&head)?;
    stream.write_all(b"thanks, and goodbye\n")?;
    Ok(reply)
}
