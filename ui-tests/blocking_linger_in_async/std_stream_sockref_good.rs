//! The std TcpStream does not linger.

use socket2::SockRef;
use std::io::{self, Write};
use std::net::TcpStream;
use std::time::Duration;

const PATIENCE: Option<Duration> = None;

async fn next_report() -> String {
    tokio::time::sleep(Duration::from_secs(60)).await;
    String::from("alive\n")
}

pub async fn report(collector: (&str, u16)) -> io::Result<()> {
    let line = next_report().await;
    let stream = TcpStream::connect(collector)?;
    SockRef::from(&stream).set_linger(PATIENCE)?;
    (&stream).write_all(line.as_bytes())
}
