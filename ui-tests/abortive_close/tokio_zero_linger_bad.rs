//! tokio: with a linger of zero the drop of the stream resets it after the write.

use std::io;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub async fn push_metrics(addr: &str, lines: &[String]) -> io::Result<()> {
    let mut stream = TcpStream::connect(addr).await?;
    stream.set_linger(Some(Duration::ZERO))?; //~ abortive_close
    for line in lines {
        stream.write_all(line.as_bytes()).await?;
    }
    Ok(())
}
