//! Milliseconds that are given as milliseconds: `Duration` knows its unit.

use socket2::Socket;
use std::time::Duration;
pub fn f(s: &Socket, linger_ms: u64) -> std::io::Result<()> {
    s.set_linger(Some(Duration::from_millis(linger_ms)))
}
pub fn g(linger_ms: u64) -> std::io::Result<Socket> {
    let s = Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None)?;
    s.set_linger(Some(Duration::from_millis(linger_ms)))?;
    Ok(s)
}
