//! The journal marks an entry as delivered on the peer's receipt.

use std::collections::HashSet;
use std::io;
use windows_sys::Win32::Networking::WinSock as ws;

macro_rules! syscall {
    ($fn: ident ( $($arg: expr),* $(,)? )) => {{
        let res = unsafe { ws::$fn($($arg),*) };
        if res == ws::SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(res) }
    }};
}

#[derive(Default)]
pub struct Journal {
    delivered: HashSet<u64>,
}

impl Journal {
    pub fn replicate(&mut self, id: u64, entry: &[u8], addr: *const ws::SOCKADDR, len: i32) -> io::Result<()> {
        let s = match unsafe { ws::socket(ws::AF_INET as i32, ws::SOCK_STREAM, 0) } {
            ws::INVALID_SOCKET => return Err(io::Error::last_os_error()),
            s => s,
        };
        let linger = ws::LINGER { l_onoff: 1, l_linger: 8 };
        let option = &linger as *const ws::LINGER as *const u8;
        let mut receipt = 0u8;
        let sent = syscall!(setsockopt(s, ws::SOL_SOCKET, ws::SO_LINGER, option, 4))
            .and_then(|_| syscall!(connect(s, addr, len)))
            .and_then(|_| syscall!(send(s, entry.as_ptr(), entry.len() as i32, 0)));
        let received = sent.and_then(|_| syscall!(recv(s, &mut receipt, 1, 0)));
        if let Err(e) = received {
            let _ = syscall!(closesocket(s));
            return Err(e);
        }
        let _ = syscall!(closesocket(s));
        if receipt == 1 {
            self.delivered.insert(id);
        }
        Ok(())
    }
}
