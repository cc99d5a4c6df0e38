//! A tokio stream is reset only after the peer has confirmed what was written.

use std::io;
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

#[derive(Default)]
pub struct Builder {
    nodelay: bool,
    greeting: Vec<u8>,
}

impl Builder {
    pub fn nodelay(mut self, on: bool) -> Self {
        self.nodelay = on;
        self
    }

    pub fn greeting(mut self, text: &str) -> Self {
        self.greeting = text.as_bytes().to_vec();
        self
    }

    pub async fn notify(self, addr: SocketAddr, event: &[u8]) -> io::Result<()> {
        let mut stream = TcpStream::connect(addr).await?;
        stream.set_nodelay(self.nodelay)?;
        stream.write_all(&self.greeting).await?;
        stream.write_all(event).await?;
        match stream.read_u8().await? {
            0x06 => stream.set_zero_linger(),
            other => Err(io::Error::other(format!("no ACK but {other:#x}"))),
        }
    }

    pub async fn version(&self, addr: SocketAddr) -> io::Result<u8> {
        let mut stream = TcpStream::connect(addr).await?;
        stream.read_u8().await
    }
}
