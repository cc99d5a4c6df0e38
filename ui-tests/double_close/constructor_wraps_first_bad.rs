//! The constructor wraps the socket before its checks, so that its error has closed it already when the caller does.

use std::io;
use std::os::windows::io::{AsRawSocket, RawSocket};
use windows_sys::Win32::Networking::WinSock::{
    INVALID_SOCKET, SO_PROTOCOL_INFOW, SOCK_STREAM, SOCKET, SOL_SOCKET, WSAPROTOCOL_INFOW, accept, closesocket, getsockopt,
};

pub struct Stream {
    socket: SOCKET,
}

impl AsRawSocket for Stream {
    fn as_raw_socket(&self) -> RawSocket {
        self.socket as RawSocket
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        unsafe { closesocket(self.socket) };
    }
}

impl Stream {
    fn socket_type(&self) -> io::Result<i32> {
        let mut info: WSAPROTOCOL_INFOW = unsafe { std::mem::zeroed() };
        let mut len = size_of::<WSAPROTOCOL_INFOW>() as i32;
        let p = &raw mut info as *mut u8;
        match unsafe { getsockopt(self.as_raw_socket() as SOCKET, SOL_SOCKET, SO_PROTOCOL_INFOW, p, &mut len) } {
            0 => Ok(info.iSocketType),
            _ => Err(io::Error::last_os_error()),
        }
    }

    /// Fails on anything that is not a stream socket.
    fn from_socket(socket: SOCKET) -> io::Result<Stream> {
        let stream = Stream { socket };
        if stream.socket_type()? != SOCK_STREAM {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        Ok(stream)
    }

    pub fn accept_from(listener: SOCKET) -> io::Result<Stream> {
        let socket = unsafe { accept(listener, std::ptr::null_mut(), std::ptr::null_mut()) };
        if socket == INVALID_SOCKET {
            return Err(io::Error::last_os_error());
        }
        match Stream::from_socket(socket) {
            Ok(stream) => Ok(stream),
            Err(err) => {
                unsafe { closesocket(socket) }; //~ double_close
                Err(err)
            }
        }
    }
}
