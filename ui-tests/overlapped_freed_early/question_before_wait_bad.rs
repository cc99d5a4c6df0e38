//! Own bindings; a `?` between the start of a receive and the wait for it leaves with the operation pending.

use std::io;

mod sys {
    #![allow(non_camel_case_types, non_snake_case)]
    use std::ffi::c_void;

    pub type SOCKET = usize;
    #[repr(C)]
    pub struct WSABUF {
        pub len: u32,
        pub buf: *mut u8,
    }
    #[repr(C)]
    pub struct OVERLAPPED {
        pub Internal: usize,
        pub InternalHigh: usize,
        pub Offset: u32,
        pub OffsetHigh: u32,
        pub hEvent: *mut c_void,
    }
    pub const WSA_IO_PENDING: i32 = 997;

    #[link(name = "ws2_32")]
    unsafe extern "system" {
        pub fn WSARecv(s: SOCKET, bufs: *const WSABUF, count: u32, received: *mut u32, flags: *mut u32, overlapped: *mut OVERLAPPED, routine: *const c_void) -> i32;
        pub fn WSAGetOverlappedResult(s: SOCKET, overlapped: *const OVERLAPPED, n: *mut u32, wait: i32, flags: *mut u32) -> i32;
        pub fn WSAGetLastError() -> i32;
    }
}

fn cvt(rc: i32) -> io::Result<()> {
    if rc == 0 { Err(io::Error::from_raw_os_error(unsafe { sys::WSAGetLastError() })) } else { Ok(()) }
}

pub trait Peer {
    fn request(&mut self) -> io::Result<()>;
}

pub fn exchange(s: sys::SOCKET, event: *mut std::ffi::c_void, peer: &mut dyn Peer, answer: &mut [u8]) -> io::Result<usize> {
    let mut overlapped = sys::OVERLAPPED { Internal: 0, InternalHigh: 0, Offset: 0, OffsetHigh: 0, hEvent: event };
    let buf = sys::WSABUF { len: answer.len() as u32, buf: answer.as_mut_ptr() };
    let (mut n, mut flags) = (0u32, 0u32);
    let rc = unsafe { sys::WSARecv(s, &buf, 1, std::ptr::null_mut(), &mut flags, &mut overlapped, std::ptr::null()) }; //~ overlapped_freed_early
    if rc != 0 && unsafe { sys::WSAGetLastError() } != sys::WSA_IO_PENDING {
        return Err(io::Error::last_os_error());
    }
    peer.request()?;
    cvt(unsafe { sys::WSAGetOverlappedResult(s, &overlapped, &mut n, 1, &mut flags) })?;
    Ok(n as usize)
}
