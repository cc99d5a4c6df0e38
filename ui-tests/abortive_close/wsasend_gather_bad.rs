//! A gathered WSASend of header and body, then a hard close through a project's own sys module.

use std::io;

mod sys {
    pub use windows_sys::Win32::Networking::WinSock::{
        LINGER, SO_LINGER, SOCKADDR_IN, SOCKET, SOL_SOCKET, WSABUF, WSASend, closesocket as close, connect, recv, setsockopt, socket,
    };

    pub fn tcp() -> Option<SOCKET> {
        match unsafe { socket(2, 1, 6) } {
            SOCKET::MAX => None,
            s => Some(s),
        }
    }

    pub fn linger(s: SOCKET, value: Option<u16>) -> bool {
        let option = LINGER { l_onoff: value.is_some() as u16, l_linger: value.unwrap_or(0) };
        unsafe { setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const option).cast(), size_of_val(&option) as i32) == 0 }
    }
}

fn gather(s: sys::SOCKET, header: &[u8], body: &[u8]) -> Result<u32, io::Error> {
    let bufs = [header, body].map(|b| sys::WSABUF { len: b.len() as u32, buf: b.as_ptr().cast_mut() });
    let mut sent = 0;
    match unsafe { sys::WSASend(s, bufs.as_ptr(), 2, &mut sent, 0, std::ptr::null_mut(), None) } {
        0 => Ok(sent),
        _ => Err(io::Error::last_os_error()),
    }
}

pub fn deliver(peer: &sys::SOCKADDR_IN, body: &[u8]) -> io::Result<u32> {
    let s = sys::tcp().ok_or_else(io::Error::last_os_error)?;
    if unsafe { sys::connect(s, std::ptr::from_ref(peer).cast(), 16) } != 0 {
        let err = io::Error::last_os_error();
        unsafe { sys::close(s) };
        return Err(err);
    }
    let header = (body.len() as u32).to_le_bytes();
    let res = gather(s, &header, body);
    sys::linger(s, Some(0));
    unsafe { sys::close(s) }; //~ abortive_close
    res
}
