//! `reopen` stores a fresh socket in its field only after the check.

use windows_sys::Win32::Networking::WinSock;

type Code = i32;

mod sock {
    use windows_sys::Win32::Networking::WinSock as ws;

    /// As the C function: the caller checks.
    pub fn datagram(family: u16) -> ws::SOCKET {
        unsafe { ws::socket(family as i32, ws::SOCK_DGRAM, ws::IPPROTO_UDP) }
    }

    pub fn last() -> i32 {
        unsafe { ws::WSAGetLastError() }
    }
}

pub struct Probe {
    fd: WinSock::SOCKET,
    family: u16,
}

impl Probe {
    pub const fn new(family: u16) -> Probe {
        Probe { fd: WinSock::INVALID_SOCKET, family }
    }

    fn close(&mut self) {
        if self.fd != WinSock::INVALID_SOCKET {
            unsafe { WinSock::closesocket(self.fd) };
            self.fd = WinSock::INVALID_SOCKET;
        }
    }

    pub fn reopen(&mut self) -> Result<(), Code> {
        self.close();
        let fd = sock::datagram(self.family);
        if fd == WinSock::INVALID_SOCKET {
            return Err(sock::last());
        }
        self.fd = fd;
        let mut nonblocking = 1;
        if unsafe { WinSock::ioctlsocket(self.fd, WinSock::FIONBIO, &mut nonblocking) } != 0 {
            let code = sock::last();
            self.close();
            return Err(code);
        }
        Ok(())
    }
}

impl Drop for Probe {
    fn drop(&mut self) {
        self.close();
    }
}
