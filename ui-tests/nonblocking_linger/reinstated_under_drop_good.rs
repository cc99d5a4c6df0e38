//! The owner is made blocking before SO_DONTLINGER of 0 reinstates the time.

use windows_sys::Win32::Networking::WinSock::*;

pub struct Owner(SOCKET);

impl Drop for Owner {
    fn drop(&mut self) {
        let _ = unsafe { closesocket(self.0) };
    }
}

pub fn upload(addr: *const SOCKADDR, len: i32, parts: &[&[u8]]) -> Option<usize> {
    let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) };
    if s == INVALID_SOCKET {
        return None;
    }
    let owner = Owner(s);
    let time = LINGER { l_onoff: 1, l_linger: 4 };
    let (set, clear) = (1i32, 0i32);
    unsafe {
        setsockopt(owner.0, SOL_SOCKET, SO_LINGER, (&raw const time).cast(), 4);
        setsockopt(owner.0, SOL_SOCKET, SO_DONTLINGER, (&raw const set).cast(), 4);
        if connect(owner.0, addr, len) != 0 {
            return None;
        }
        ioctlsocket(owner.0, FIONBIO, &mut 1);
    }
    let sent = parts.iter().take_while(|p| unsafe { send(owner.0, p.as_ptr(), p.len() as i32, 0) } > 0).count();
    unsafe { ioctlsocket(owner.0, FIONBIO, &mut 0) };
    unsafe { setsockopt(owner.0, SOL_SOCKET, SO_DONTLINGER, (&raw const clear).cast(), 4) };
    Some(sent)
}
