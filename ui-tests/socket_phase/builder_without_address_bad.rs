//! A builder that was given no address skips bind, and listens on an unbound socket.

use std::io;
use std::os::windows::io::{AsRawSocket, RawSocket};
use windows_sys::Win32::Networking::WinSock as ws;

pub struct Listener(ws::SOCKET);

impl AsRawSocket for Listener {
    fn as_raw_socket(&self) -> RawSocket {
        self.0 as RawSocket
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        unsafe { ws::closesocket(self.0) };
    }
}

#[derive(Default)]
pub struct Builder {
    addr: Option<ws::SOCKADDR_IN>,
    backlog: Option<i32>,
}

fn cvt(res: i32) -> io::Result<()> {
    if res == ws::SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(()) }
}

impl Builder {
    pub fn addr(mut self, addr: ws::SOCKADDR_IN) -> Builder {
        self.addr = Some(addr);
        self
    }

    pub fn backlog(mut self, backlog: i32) -> Builder {
        self.backlog = Some(backlog);
        self
    }

    pub fn listen(self) -> io::Result<Listener> {
        let s = unsafe { ws::socket(ws::AF_INET as i32, ws::SOCK_STREAM, ws::IPPROTO_TCP) };
        if s == ws::INVALID_SOCKET {
            return Err(io::Error::last_os_error());
        }
        let listener = Listener(s);
        if let Some(addr) = &self.addr {
            let name = std::ptr::from_ref(addr).cast();
            cvt(unsafe { ws::bind(listener.0, name, size_of::<ws::SOCKADDR_IN>() as i32) })?;
        }
        let backlog = self.backlog.unwrap_or(128);
        cvt(unsafe { ws::listen(listener.0, backlog) })?; //~ socket_phase
        Ok(listener)
    }
}
