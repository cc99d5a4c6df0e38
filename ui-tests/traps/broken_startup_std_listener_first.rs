//! main never calls WSAStartup: its first TcpListener has std do so.

use std::io;
use std::net::TcpListener;
use windows_sys::Win32::Networking::WinSock::{AF_INET6, INVALID_SOCKET, IPPROTO_TCP, SOCK_STREAM, closesocket, socket};

fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let s = unsafe { socket(AF_INET6 as i32, SOCK_STREAM, IPPROTO_TCP) };
    let has_ipv6 = s != INVALID_SOCKET;
    if has_ipv6 {
        unsafe { closesocket(s) };
    }
    println!("{}, IPv6: {has_ipv6}", listener.local_addr()?);
    Ok(())
}
