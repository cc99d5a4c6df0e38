//! The constant makes the listener a stream socket.

use std::io;
use windows_sys::Win32::Networking::WinSock as ws;

const TRANSPORT: ws::WINSOCK_SOCKET_TYPE = ws::SOCK_STREAM;

pub struct Server {
    socket: ws::SOCKET,
}

impl Server {
    pub fn start(addr: *const ws::SOCKADDR, len: i32) -> io::Result<Server> {
        let server = match unsafe { ws::socket(ws::AF_INET6 as i32, TRANSPORT, 0) } {
            ws::INVALID_SOCKET => return Err(io::Error::last_os_error()),
            socket => Server { socket },
        };
        if unsafe { ws::bind(server.socket, addr, len) } != 0 {
            return Err(io::Error::last_os_error());
        }
        if unsafe { ws::listen(server.socket, 64) } != 0 {
            return Err(io::Error::last_os_error());
        }
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        unsafe { ws::closesocket(self.socket) };
    }
}
