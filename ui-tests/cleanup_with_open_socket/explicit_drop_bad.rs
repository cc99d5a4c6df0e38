//! `drop(winsock)` is called while the socket's owner still lives.

use windows_sys::Win32::Networking::WinSock::*;

struct Winsock(WSADATA);

impl Winsock {
    fn start() -> Result<Winsock, i32> {
        let mut data = WSADATA::default();
        match unsafe { WSAStartup(0x202, &mut data) } {
            0 => Ok(Winsock(data)),
            code => Err(code),
        }
    }
}

impl Drop for Winsock {
    fn drop(&mut self) {
        unsafe { WSACleanup() }; //~ cleanup_with_open_socket
    }
}

struct Socket(SOCKET);

impl Socket {
    fn open(family: ADDRESS_FAMILY) -> Option<Socket> {
        let s = unsafe { socket(family as i32, SOCK_STREAM, 0) };
        (s != INVALID_SOCKET).then(|| Socket(s))
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        unsafe { closesocket(self.0) }; //~ winsock_not_started
    }
}

pub fn supports(family: ADDRESS_FAMILY) -> Result<bool, i32> {
    let winsock = Winsock::start()?;
    let socket = Socket::open(family);
    drop(winsock);
    Ok(socket.is_some())
}
