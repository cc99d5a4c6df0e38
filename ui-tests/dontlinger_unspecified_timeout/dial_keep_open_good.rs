//! dial wants the socket to linger and sets SO_LINGER with a timeout.

use windows::Win32::Networking::WinSock::*;
use windows::core::{Error, HRESULT, Result};

fn check(res: i32) -> Result<()> {
    if res == SOCKET_ERROR {
        let code = unsafe { WSAGetLastError() };
        return Err(Error::from_hresult(HRESULT::from_win32(code.0 as u32)));
    }
    Ok(())
}

pub struct Dialer {
    pub keep_open: bool,
    pub seconds: u16,
}

impl Dialer {
    fn prepare(&self, addr: &SOCKADDR_IN) -> Result<SOCKET> {
        let s = unsafe { socket(AF_INET.0 as i32, SOCK_STREAM, IPPROTO_TCP.0) }?;
        let dont = 1i32.to_ne_bytes();
        let [low, high] = self.seconds.max(1).to_ne_bytes();
        let [on, off] = 1u16.to_ne_bytes();
        let linger = if self.keep_open {
            unsafe { setsockopt(s, SOL_SOCKET, SO_LINGER, Some(&[on, off, low, high])) }
        } else {
            unsafe { setsockopt(s, SOL_SOCKET, SO_DONTLINGER, Some(&dont)) }
        };
        check(linger)
            .and_then(|()| {
                let name = std::ptr::from_ref(addr).cast();
                check(unsafe { connect(s, name, size_of::<SOCKADDR_IN>() as i32) })
            })
            .map(|()| s)
            .inspect_err(|_| {
                unsafe { closesocket(s) };
            })
    }

    /// The caller closes the socket.
    pub fn dial(&self, addrs: &[SOCKADDR_IN]) -> Option<SOCKET> {
        addrs.iter().find_map(|addr| self.prepare(addr).ok())
    }
}
