//! The project's own declarations: the family is 22, the direction 1.

use std::ffi::c_void;

mod sys {
    use std::ffi::c_void;

    #[link(name = "ws2_32")]
    unsafe extern "system" {
        pub fn socket(af: i32, ty: i32, protocol: i32) -> usize;
        pub fn connect(s: usize, name: *const c_void, namelen: i32) -> i32;
        pub fn shutdown(s: usize, how: i32) -> i32;
        pub fn closesocket(s: usize) -> i32;
    }

    pub const ATM: i32 = 22;
    pub const BROKEN: usize = !0;
    pub const STOP: i32 = 1;
}

struct Line {
    socket: usize,
}

impl Drop for Line {
    fn drop(&mut self) {
        unsafe { sys::closesocket(self.socket) };
    }
}

pub fn reachable(addr: *const c_void, len: i32) -> bool {
    let socket = unsafe { sys::socket(sys::ATM, 3, 5) };
    if socket == sys::BROKEN {
        return false;
    }
    let line = Line { socket };
    if unsafe { sys::connect(line.socket, addr, len) } != 0 {
        return false;
    }
    unsafe { sys::shutdown(line.socket, sys::STOP) == 0 } //~ atm_half_close
}
