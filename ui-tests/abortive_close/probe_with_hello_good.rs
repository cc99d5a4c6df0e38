//! The project's own declarations: a probe that sends nothing may reset the connection.

use std::ffi::c_void;

#[repr(C)]
struct Linger {
    l_onoff: u16,
    l_linger: u16,
}

const RESET: Linger = Linger { l_onoff: 1, l_linger: 0 };
const INVALID: usize = usize::MAX;
const SOL_SOCKET: i32 = 0xffff;
const SO_LINGER: i32 = 0x80;

#[link(name = "ws2_32")]
unsafe extern "system" {
    fn socket(af: i32, ty: i32, protocol: i32) -> usize;
    fn connect(s: usize, name: *const c_void, len: i32) -> i32;
    fn setsockopt(s: usize, level: i32, name: i32, value: *const c_void, len: i32) -> i32;
    fn closesocket(s: usize) -> i32;
}

pub fn reachable(addr: &[u8; 16]) -> bool {
    unsafe {
        let s = socket(2, 1, 6);
        if s == INVALID {
            return false;
        }
        setsockopt(s, SOL_SOCKET, SO_LINGER, std::ptr::from_ref(&RESET).cast(), size_of::<Linger>() as i32);
        let open = connect(s, addr.as_ptr().cast(), 16) == 0;
        closesocket(s);
        open
    }
}
