//! A builder takes zero for the failure value of socket.

use std::io;
use std::os::windows::io::{FromRawSocket, OwnedSocket, RawSocket};
use windows_sys::Win32::Networking::WinSock::{
    AF_INET, AF_INET6, INVALID_SOCKET, SOCK_DGRAM, SOCK_STREAM, SOCKET_ERROR, SO_RCVBUF, SOL_SOCKET, setsockopt, socket,
};

pub struct Builder {
    ipv6: bool,
    stream: bool,
    receive_buffer: Option<u32>,
}

impl Builder {
    pub fn new() -> Builder {
        Builder { ipv6: false, stream: true, receive_buffer: None }
    }

    pub fn ipv6(self, ipv6: bool) -> Builder {
        Builder { ipv6, ..self }
    }

    pub fn datagram(self) -> Builder {
        Builder { stream: false, ..self }
    }

    pub fn receive_buffer(mut self, bytes: u32) -> Builder {
        self.receive_buffer.replace(bytes);
        self
    }

    pub fn build(self) -> io::Result<OwnedSocket> {
        let family = if self.ipv6 { AF_INET6 } else { AF_INET };
        let kind = if self.stream { SOCK_STREAM } else { SOCK_DGRAM };
        let raw = unsafe { socket(i32::from(family), kind, 0) };
        if raw == 0 { //~ wrong_sentinel
            return Err(io::Error::last_os_error());
        }
        let owned = unsafe { OwnedSocket::from_raw_socket(raw as RawSocket) };
        if let Some(bytes) = self.receive_buffer {
            let rc = unsafe { setsockopt(raw, SOL_SOCKET, SO_RCVBUF, (&raw const bytes).cast(), 4) };
            if rc == SOCKET_ERROR {
                return Err(io::Error::last_os_error());
            }
        }
        Ok(owned)
    }
}
