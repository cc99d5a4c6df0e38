//! A tokio TcpStream, nonblocking by nature, has its linger time taken away and is shut down before its drop.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub struct Request<'a> {
    pub to: SocketAddr,
    pub body: &'a [u8],
}

async fn open(to: SocketAddr) -> io::Result<TcpStream> {
    let stream = tokio::time::timeout(Duration::from_secs(10), TcpStream::connect(to)).await.map_err(|_| io::ErrorKind::TimedOut)??;
    stream.set_nodelay(true)?;
    Ok(stream)
}

pub async fn perform(request: Request<'_>) -> io::Result<Vec<u8>> {
    let mut stream = open(request.to).await?;
    stream.set_linger(None)?;
    stream.write_all(request.body).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    stream.shutdown().await?;
    Ok(answer)
}
