//! mem::forget of the first owner after a second one took its descriptor.

use std::io;
use std::mem;
use std::net::{SocketAddr, UdpSocket};
use std::os::windows::io::{AsRawSocket, AsSocket, BorrowedSocket, FromRawSocket, IntoRawSocket, RawSocket};
use windows_sys::Win32::Networking::WinSock as ws;

pub struct Datagram {
    raw: RawSocket,
    local: SocketAddr,
}

impl Datagram {
    pub fn bind(addr: SocketAddr) -> io::Result<Datagram> {
        let socket = UdpSocket::bind(addr)?;
        let local = socket.local_addr()?;
        let this = Datagram { raw: socket.as_raw_socket(), local };
        mem::forget(socket);
        Ok(this)
    }

    pub fn local(&self) -> SocketAddr {
        self.local
    }

    pub fn pending(&self) -> io::Result<u32> {
        let mut n = 0;
        match unsafe { ws::ioctlsocket(self.raw as ws::SOCKET, ws::FIONREAD, &mut n) } {
            ws::SOCKET_ERROR => Err(io::Error::last_os_error()),
            _ => Ok(n),
        }
    }

    pub fn into_std(self) -> UdpSocket {
        unsafe { UdpSocket::from_raw_socket(self.into_raw_socket()) }
    }
}

impl AsSocket for Datagram {
    fn as_socket(&self) -> BorrowedSocket<'_> {
        unsafe { BorrowedSocket::borrow_raw(self.raw) }
    }
}

impl IntoRawSocket for Datagram {
    fn into_raw_socket(self) -> RawSocket {
        let raw = self.raw;
        mem::forget(self);
        raw
    }
}

impl Drop for Datagram {
    fn drop(&mut self) {
        let _ = unsafe { ws::closesocket(self.raw as ws::SOCKET) };
    }
}
