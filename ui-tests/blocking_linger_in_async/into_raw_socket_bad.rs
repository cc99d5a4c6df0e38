//! Linger is set through socket2, the close in the async fn is a closesocket on the number taken out.

use socket2::{Domain, SockAddr, Socket, Type};
use std::io;
use std::os::windows::io::IntoRawSocket;
use std::time::Duration;
use windows_sys::Win32::Networking::WinSock::{SOCKET, closesocket as close};

async fn next_line() -> String {
    tokio::task::yield_now().await;
    String::new()
}

pub async fn log_lines(addr: &SockAddr) -> io::Result<()> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    socket.connect(addr)?;
    loop {
        let line = next_line().await;
        if line.is_empty() || socket.send(line.as_bytes()).is_err() {
            break;
        }
    }
    socket.set_linger(Some(Duration::from_secs(4)))?;
    let raw = socket.into_raw_socket();
    unsafe { close(raw as SOCKET) }; //~ blocking_linger_in_async
    Ok(())
}
