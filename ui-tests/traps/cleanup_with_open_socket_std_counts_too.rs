//! std has started Winsock for itself: the WSACleanup here is not the last one.

use std::io;
use std::net::UdpSocket;
use windows_sys::Win32::Networking::WinSock as ws;

pub fn winsock_version_beside_std() -> io::Result<(u16, bool)> {
    let beacon = UdpSocket::bind("127.0.0.1:0")?;
    let mut data: ws::WSADATA = unsafe { std::mem::zeroed() };
    let code = unsafe { ws::WSAStartup(0x202, &mut data) };
    if code != 0 {
        return Err(io::Error::from_raw_os_error(code));
    }
    let raw = unsafe { ws::socket(ws::AF_INET as i32, ws::SOCK_RAW, ws::IPPROTO_ICMP) };
    unsafe { ws::WSACleanup() };
    let may_ping = raw != ws::INVALID_SOCKET;
    if may_ping {
        unsafe { ws::closesocket(raw) };
    }
    beacon.set_broadcast(may_ping)?;
    Ok((data.wVersion, may_ping))
}
