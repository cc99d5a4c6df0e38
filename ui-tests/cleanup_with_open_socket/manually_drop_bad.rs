//! The socket sits in a ManuallyDrop that nobody drops before WSACleanup.

use std::mem::ManuallyDrop;
use windows_sys::Win32::Networking::WinSock as ws;

struct Sock(ws::SOCKET);

impl Drop for Sock {
    fn drop(&mut self) {
        unsafe { ws::closesocket(self.0) };
    }
}

impl Sock {
    fn datagram() -> Option<Sock> {
        let s = unsafe { ws::socket(ws::AF_INET as i32, ws::SOCK_DGRAM, ws::IPPROTO_UDP) };
        (s != ws::INVALID_SOCKET).then(|| Sock(s))
    }

    fn set_ttl(&self, ttl: u32) -> bool {
        let value: *const u8 = (&raw const ttl).cast();
        unsafe { ws::setsockopt(self.0, ws::IPPROTO_IP, ws::IP_TTL, value, 4) == 0 }
    }
}

/// Whether the stack takes this time to live; starts and stops Winsock by itself.
pub fn accepts_ttl(ttl: u32) -> Result<bool, i32> {
    let mut data: ws::WSADATA = unsafe { std::mem::zeroed() };
    let code = unsafe { ws::WSAStartup(0x202, &raw mut data) };
    if code != 0 {
        return Err(code);
    }
    let Some(sock) = Sock::datagram() else {
        let code = unsafe { ws::WSAGetLastError() };
        unsafe { ws::WSACleanup() };
        return Err(code);
    };
    // The order of the calls below must not depend on scopes.
    let sock = ManuallyDrop::new(sock);
    let accepted = sock.set_ttl(ttl);
    unsafe { ws::WSACleanup() }; //~ cleanup_with_open_socket
    Ok(accepted)
}
