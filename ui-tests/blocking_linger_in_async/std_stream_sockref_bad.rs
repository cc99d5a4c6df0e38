//! A std TcpStream that lingers three seconds by way of SockRef is dropped in an async fn.

use socket2::SockRef;
use std::io::{self, Write};
use std::net::TcpStream;
use std::time::Duration;

const PATIENCE: Option<Duration> = Some(Duration::from_secs(3));

async fn next_report() -> String {
    tokio::time::sleep(Duration::from_secs(60)).await;
    String::from("alive\n")
}

pub async fn report(collector: (&str, u16)) -> io::Result<()> {
    let line = next_report().await;
    let stream = TcpStream::connect(collector)?;
    SockRef::from(&stream).set_linger(PATIENCE)?; //~ blocking_linger_in_async
    (&stream).write_all(line.as_bytes())
}
