//! The project's own declarations: the four bytes are l_onoff 0 and l_linger 30.

const FIONBIO: i32 = 0x8004_667e_u32 as i32;
const SOL_SOCKET: i32 = 0xffff;
const SO_LINGER: i32 = 0x80;

#[link(name = "ws2_32")]
unsafe extern "system" {
    fn socket(af: i32, ty: i32, protocol: i32) -> usize;
    fn connect(s: usize, name: *const u8, namelen: i32) -> i32;
    fn ioctlsocket(s: usize, cmd: i32, argp: *mut u32) -> i32;
    fn setsockopt(s: usize, level: i32, optname: i32, optval: *const u8, optlen: i32) -> i32;
    fn closesocket(s: usize) -> i32;
}

pub unsafe fn knock(addr: &[u8; 16]) -> bool {
    let s = socket(2, 1, 6);
    if s == !0 {
        return false;
    }
    let raw: [u8; 4] = [0, 0, 30, 0];
    setsockopt(s, SOL_SOCKET, SO_LINGER, raw.as_ptr(), raw.len() as i32);
    let open = connect(s, addr.as_ptr(), 16) == 0;
    ioctlsocket(s, FIONBIO, &mut 1);
    closesocket(s);
    open
}
