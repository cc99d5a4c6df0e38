//! A full server resets the clients it rejects, to which it has sent nothing; served clients are closed gracefully.

use windows_sys::Win32::Networking::WinSock::*;

pub struct Pool {
    clients: Vec<SOCKET>,
    max: usize,
}

fn linger(s: SOCKET, l_onoff: u16, l_linger: u16) {
    let option = LINGER { l_onoff, l_linger };
    unsafe { setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const option).cast(), size_of::<LINGER>() as i32) };
}

impl Pool {
    pub fn accept_one(&mut self, listener: SOCKET) -> Option<usize> {
        let s = unsafe { accept(listener, std::ptr::null_mut(), std::ptr::null_mut()) };
        if s == INVALID_SOCKET {
            return None;
        }
        if self.clients.len() >= self.max {
            linger(s, 1, 0);
            unsafe { closesocket(s) };
            return None;
        }
        self.clients.push(s);
        Some(self.clients.len() - 1)
    }

    pub fn goodbye(&mut self) {
        for s in self.clients.drain(..) {
            linger(s, 0, 0);
            unsafe {
                send(s, b"bye\r\n".as_ptr(), 5, 0);
                shutdown(s, SD_SEND);
                closesocket(s);
            }
        }
    }
}
