//! A project's own bindings: `!0` is the failure, and it is asked for.

#![allow(non_camel_case_types)]

type SOCKET = usize;

#[link(name = "ws2_32")]
unsafe extern "system" {
    fn socket(af: i32, kind: i32, protocol: i32) -> SOCKET;
    fn setsockopt(s: SOCKET, level: i32, name: i32, value: *const u8, len: i32) -> i32;
    fn closesocket(s: SOCKET) -> i32;
}

const SOL_SOCKET: i32 = 0xffff;
const SO_REUSEADDR: i32 = 4;

pub fn shared_udp() -> Result<SOCKET, &'static str> {
    let s = unsafe { socket(2, 2, 17) };
    if s == !0 {
        return Err("no socket");
    }
    let on = 1i32;
    let r = unsafe { setsockopt(s, SOL_SOCKET, SO_REUSEADDR, (&raw const on).cast(), 4) };
    if r == 0 {
        return Ok(s);
    }
    unsafe { closesocket(s) };
    Err("no SO_REUSEADDR")
}
