//! SO_DONTLINGER false reinstates the timeout an earlier SO_LINGER set, on a socket made nonblocking by WSAIoctl.

use std::io;
use windows::Win32::Networking::WinSock::{
    FIONBIO, LINGER, SO_DONTLINGER, SO_LINGER, SOCKET, SOL_SOCKET, WSA_ERROR, WSAGetLastError, WSAIoctl, closesocket, setsockopt,
};

fn last() -> io::Error {
    let WSA_ERROR(code) = unsafe { WSAGetLastError() };
    io::Error::from_raw_os_error(code)
}

#[derive(Clone, Copy)]
struct Sock(SOCKET);

impl Sock {
    fn option(self, name: i32, value: &[u8]) -> io::Result<()> {
        match unsafe { setsockopt(self.0, SOL_SOCKET, name, Some(value)) } {
            0 => Ok(()),
            _ => Err(last()),
        }
    }

    fn linger(self, secs: u16) -> io::Result<()> {
        let l = LINGER { l_onoff: 1, l_linger: secs };
        self.option(SO_LINGER, unsafe { std::slice::from_raw_parts((&raw const l).cast(), size_of::<LINGER>()) })
    }

    fn nonblocking(self) -> io::Result<()> {
        let on = 1u32;
        let mut n = 0;
        match unsafe { WSAIoctl(self.0, FIONBIO as u32, Some((&raw const on).cast()), 4, None, 0, &mut n, None, None) } {
            0 => Ok(()),
            _ => Err(last()),
        }
    }
}

/// The caller's socket is closed here, whatever happens to its options.
pub fn park_and_close(s: SOCKET) -> io::Result<()> {
    let s = Sock(s);
    let prepared = s.linger(15).and_then(|()| s.option(SO_DONTLINGER, &1i32.to_ne_bytes())).and_then(|()| s.nonblocking());
    let decided = prepared.and_then(|()| s.option(SO_DONTLINGER, &0i32.to_ne_bytes()));
    match decided {
        Ok(()) => {
            unsafe { closesocket(s.0) }; //~ nonblocking_linger
            Ok(())
        }
        Err(e) => {
            let _ = s.option(SO_DONTLINGER, &1i32.to_ne_bytes());
            unsafe { closesocket(s.0) };
            Err(e)
        }
    }
}
