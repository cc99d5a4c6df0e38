//! The crate's own struct with LINGER's layout is passed again with zero before the close.

use std::ffi::c_void;
use windows_sys::Win32::Networking::WinSock as sys;

#[repr(C)]
#[derive(Clone, Copy)]
struct Linger {
    on: u16,
    secs: u16,
}

unsafe fn set(s: sys::SOCKET, name: i32, value: *const c_void, len: usize) {
    sys::setsockopt(s, sys::SOL_SOCKET, name, value.cast(), len as i32);
}

pub unsafe fn relay(addr: *const sys::SOCKADDR, len: i32, packet: &[u8]) -> Option<bool> {
    let s = sys::socket(sys::AF_INET as i32, sys::SOCK_STREAM, 0);
    if s == sys::INVALID_SOCKET {
        return None;
    }
    let mut linger = Linger { on: 1, secs: 1 };
    set(s, sys::SO_LINGER, &linger as *const Linger as *const c_void, size_of::<Linger>());
    if sys::connect(s, addr, len) == sys::SOCKET_ERROR {
        sys::closesocket(s);
        return None;
    }
    let mut on = 1u32;
    sys::ioctlsocket(s, sys::FIONBIO, &mut on);
    let done = sys::send(s, packet.as_ptr(), packet.len() as i32, 0) == packet.len() as i32;
    linger.on = 0;
    set(s, sys::SO_LINGER, &linger as *const Linger as *const c_void, size_of::<Linger>());
    sys::closesocket(s);
    Some(done)
}
