//! tokio: the peer has closed its side before the drop of the stream resets it.

use std::io;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub async fn push_metrics(addr: &str, lines: &[String]) -> io::Result<()> {
    let mut stream = TcpStream::connect(addr).await?;
    stream.set_linger(Some(Duration::ZERO))?;
    for line in lines {
        stream.write_all(line.as_bytes()).await?;
    }
    stream.shutdown().await?;
    let mut rest = [0u8; 64];
    while stream.read(&mut rest).await? > 0 {}
    Ok(())
}
