//! The project's own `extern "system"` block declares Winsock; each exit closes.

use std::io;

#[allow(non_camel_case_types)]
type SOCKET = usize;

const INVALID_SOCKET: SOCKET = !0;
const FIONBIO: i32 = 0x8004_667E_u32 as i32;

#[link(name = "ws2_32")]
unsafe extern "system" {
    fn socket(af: i32, ty: i32, protocol: i32) -> SOCKET;
    fn ioctlsocket(s: SOCKET, cmd: i32, argp: *mut u32) -> i32;
    fn closesocket(s: SOCKET) -> i32;
}

pub fn nonblocking() -> io::Result<SOCKET> {
    unsafe {
        let s = socket(2, 1, 6);
        if s == INVALID_SOCKET {
            return Err(io::Error::last_os_error());
        }
        let mut on = 1;
        if ioctlsocket(s, FIONBIO, &mut on) != 0 {
            let err = io::Error::last_os_error();
            closesocket(s);
            return Err(err);
        }
        Ok(s)
    }
}
