//! The project's own declarations: SO_DONTLINGER with its first byte set.

#[allow(non_camel_case_types)]
type SOCKET = usize;

const SOL_SOCKET: i32 = 0xffff;
const SO_LINGER: i32 = 0x0080;
const SO_DONTLINGER: i32 = !SO_LINGER;

#[link(name = "ws2_32")]
unsafe extern "system" {
    fn socket(af: i32, ty: i32, protocol: i32) -> SOCKET;
    fn bind(s: SOCKET, name: *const u8, len: i32) -> i32;
    fn listen(s: SOCKET, backlog: i32) -> i32;
    fn setsockopt(s: SOCKET, level: i32, name: i32, value: *const u8, len: i32) -> i32;
    fn closesocket(s: SOCKET) -> i32;
}

pub unsafe fn listener(addr: &[u8; 16]) -> Option<SOCKET> {
    let s = socket(2, 1, 6);
    if s == SOCKET::MAX {
        return None;
    }
    let dont = [1u8, 0, 0, 0];
    let set = setsockopt(s, SOL_SOCKET, SO_DONTLINGER, dont.as_ptr(), dont.len() as i32);
    if set != 0 || bind(s, addr.as_ptr(), 16) != 0 || listen(s, 16) != 0 {
        closesocket(s);
        return None;
    }
    Some(s)
}
