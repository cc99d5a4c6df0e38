//! The closing closure is made in the async fn but run by spawn_blocking.

use socket2::{Domain, SockAddr, Socket, Type};
use std::io;
use std::os::windows::io::IntoRawSocket;
use std::time::Duration;
use windows_sys::Win32::Networking::WinSock::{SOCKET, closesocket};

pub async fn finish(addr: SockAddr, rest: Vec<u8>) -> io::Result<usize> {
    let socket = Socket::new(Domain::IPV6, Type::STREAM, None)?;
    socket.connect(&addr)?;
    socket.set_linger(Some(Duration::from_secs(2)))?;
    let sent = socket.send(&rest);
    let raw = socket.into_raw_socket() as SOCKET;
    let close = move || unsafe { closesocket(raw) };
    tokio::task::spawn_blocking(close).await?;
    sent
}
