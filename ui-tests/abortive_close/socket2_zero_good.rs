//! The socket2 socket with data keeps the default; the zero linger time is for the ping that sends nothing.

use std::io::{self, Write};
use std::net::SocketAddr;
use std::time::Duration;

use socket2::{Domain, Protocol, Socket, Type};

pub struct Metrics {
    pub host: String,
    pub values: Vec<(String, f64)>,
}

impl Metrics {
    fn render(&self) -> String {
        self.values.iter().map(|(k, v)| format!("{}.{k}:{v}|g\n", self.host)).collect()
    }
}

fn dial(addr: SocketAddr, limit: Duration) -> io::Result<Socket> {
    let socket = Socket::new(Domain::for_address(addr), Type::STREAM, Some(Protocol::TCP))?;
    socket.set_tcp_nodelay(true)?;
    socket.connect_timeout(&addr.into(), limit)?;
    Ok(socket)
}

pub fn flush(addr: SocketAddr, metrics: &Metrics) -> io::Result<usize> {
    let mut socket = dial(addr, Duration::from_secs(2))?;
    socket.set_linger(None)?;
    let text = metrics.render();
    socket.write_all(text.as_bytes())?;
    Ok(text.len())
}

/// Says only that the receiver is alive.
pub fn ping(addr: SocketAddr) -> io::Result<()> {
    let socket = dial(addr, Duration::from_millis(300))?;
    socket.set_linger(Some(Duration::ZERO))
}
