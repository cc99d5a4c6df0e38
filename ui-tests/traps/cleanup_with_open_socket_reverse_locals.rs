//! Locals are dropped in reverse order, so both sockets are closed before the guard that was made first.

use std::io;
use windows_sys::Win32::Networking::WinSock::*;

pub struct Guard;

impl Guard {
    fn new() -> io::Result<Self> {
        let mut data: WSADATA = unsafe { std::mem::zeroed() };
        let code = unsafe { WSAStartup(0x202, &mut data) };
        if code != 0 { Err(io::Error::from_raw_os_error(code)) } else { Ok(Guard) }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        unsafe { WSACleanup() };
    }
}

struct Owned {
    raw: SOCKET,
}

impl Owned {
    fn open(kind: WINSOCK_SOCKET_TYPE) -> io::Result<Self> {
        let raw = unsafe { socket(AF_INET as i32, kind, 0) };
        if raw == INVALID_SOCKET {
            return Err(io::Error::last_os_error());
        }
        Ok(Owned { raw })
    }

    fn option(&self, name: i32) -> io::Result<i32> {
        let (mut value, mut len) = (0i32, size_of::<i32>() as i32);
        if unsafe { getsockopt(self.raw, SOL_SOCKET, name, (&raw mut value).cast(), &mut len) } == SOCKET_ERROR {
            return Err(io::Error::last_os_error());
        }
        Ok(value)
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        unsafe { closesocket(self.raw) };
    }
}

pub fn buffer_sizes() -> io::Result<(i32, i32)> {
    let _guard = Guard::new()?;
    let tcp = Owned::open(SOCK_STREAM)?;
    let udp = Owned::open(SOCK_DGRAM)?;
    Ok((tcp.option(SO_SNDBUF)?, udp.option(SO_RCVBUF)?))
}
