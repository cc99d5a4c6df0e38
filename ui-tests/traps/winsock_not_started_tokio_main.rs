//! tokio starts Winsock for its listener, and the raw socket relies on that.

use std::io;
use tokio::net::TcpListener;
use windows_sys::Win32::Networking::WinSock::{AF_INET, INVALID_SOCKET, IPPROTO_ICMP, SOCK_RAW, closesocket, socket};

#[tokio::main]
async fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let s = unsafe { socket(AF_INET as i32, SOCK_RAW, IPPROTO_ICMP) };
    let may_ping = s != INVALID_SOCKET;
    if may_ping {
        unsafe { closesocket(s) };
    }
    println!("{}, ping: {may_ping}", listener.local_addr()?);
    Ok(())
}
