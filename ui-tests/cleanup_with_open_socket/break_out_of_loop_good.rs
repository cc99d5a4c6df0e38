//! The socket that found a free port is closed before `break`.

use windows_sys::Win32::Networking::WinSock as c;

pub unsafe fn free_port(ports: std::ops::Range<u16>) -> Option<u16> {
    let mut data: c::WSADATA = std::mem::zeroed();
    if c::WSAStartup(0x0202, &mut data) != 0 {
        return None;
    }
    let mut found = None;
    for port in ports {
        let s = c::socket(c::AF_INET as i32, c::SOCK_DGRAM, c::IPPROTO_UDP);
        if s == c::INVALID_SOCKET {
            break;
        }
        let mut addr: c::SOCKADDR_IN = std::mem::zeroed();
        addr.sin_family = c::AF_INET;
        addr.sin_port = port.to_be();
        if c::bind(s, (&raw const addr).cast(), size_of::<c::SOCKADDR_IN>() as i32) == 0 {
            found = Some(port);
            c::closesocket(s);
            break;
        }
        c::closesocket(s);
    }
    c::WSACleanup();
    found
}
