//! tokio's sockets are nonblocking, and this one lingers when it is dropped.

use std::io;
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

pub async fn send_batch(addr: &str, batch: &[Vec<u8>], wait: Duration) -> io::Result<usize> {
    let mut stream = TcpStream::connect(addr).await?;
    stream.set_linger(Some(Duration::from_secs(3)))?; //~ nonblocking_linger
    for message in batch {
        stream.write_all(message).await?;
        tokio::time::sleep(wait).await;
    }
    Ok(batch.len())
}
