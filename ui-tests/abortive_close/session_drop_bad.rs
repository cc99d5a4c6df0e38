//! The session's Drop closes hard what the session has just sent.

use std::io;
use windows_sys::Win32::Networking::WinSock as ws;

struct Session {
    socket: ws::SOCKET,
}

impl Drop for Session {
    fn drop(&mut self) {
        unsafe { ws::closesocket(self.socket) };
    }
}

fn cvt(r: i32) -> io::Result<i32> {
    if r == ws::SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(r) }
}

pub fn command(addr: *const ws::SOCKADDR, len: i32, text: &[u8]) -> io::Result<()> {
    let socket = unsafe { ws::socket(ws::AF_INET as i32, ws::SOCK_STREAM, ws::IPPROTO_TCP) };
    if socket == ws::INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let session = Session { socket };
    cvt(unsafe { ws::connect(session.socket, addr, len) })?;
    let linger = ws::LINGER { l_onoff: 1, l_linger: 0 };
    let option = (&raw const linger).cast();
    cvt(unsafe { ws::setsockopt(session.socket, ws::SOL_SOCKET, ws::SO_LINGER, option, 4) })?; //~ abortive_close
    cvt(unsafe { ws::send(session.socket, text.as_ptr(), text.len() as i32, 0) })?;
    Ok(())
}
