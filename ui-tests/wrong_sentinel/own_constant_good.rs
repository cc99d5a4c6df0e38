//! The project's constant is all ones.

#![allow(non_camel_case_types)]

mod c {
    pub type SOCKET = usize;
    pub const INVALID: SOCKET = !0;

    #[link(name = "ws2_32")]
    unsafe extern "system" {
        pub fn WSASocketW(af: i32, kind: i32, proto: i32, info: *const u8, group: u32, flags: u32) -> SOCKET;
    }
}

pub fn icmp() -> Option<c::SOCKET> {
    let s = unsafe { c::WSASocketW(2, 3, 1, std::ptr::null(), 0, 1) };
    (s != c::INVALID).then_some(s)
}
