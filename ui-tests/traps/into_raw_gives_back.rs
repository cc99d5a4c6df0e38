//! The owner is made for a while and dissolved again on every path.

use std::io;
use std::net::UdpSocket;
use std::os::windows::io::{FromRawSocket, IntoRawSocket, RawSocket};
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, INVALID_SOCKET, IPPROTO_UDP, SOCK_DGRAM, socket};

fn with_udp<R>(raw: RawSocket, f: impl FnOnce(&UdpSocket) -> R) -> R {
    let udp = unsafe { UdpSocket::from_raw_socket(raw) };
    let result = f(&udp);
    let _ = udp.into_raw_socket();
    result
}

pub fn broadcast(port: u16, data: &[u8]) -> io::Result<usize> {
    let s = unsafe { socket(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let sent = with_udp(s as RawSocket, |udp| {
        udp.set_broadcast(true)?;
        udp.send_to(data, ("255.255.255.255", port))
    });
    unsafe { closesocket(s) };
    sent
}
