//! The project's own `extern "system"` block: bind to a local port is taken for a connection.

use std::ffi::c_void;
use std::io;

#[allow(non_camel_case_types)]
type SOCKET = usize;
const INVALID_SOCKET: SOCKET = SOCKET::MAX;
const AF_INET: i32 = 2;
const SOCK_STREAM: i32 = 1;

#[link(name = "ws2_32")]
unsafe extern "system" {
    fn socket(af: i32, ty: i32, protocol: i32) -> SOCKET;
    fn bind(s: SOCKET, name: *const c_void, namelen: i32) -> i32;
    fn send(s: SOCKET, buf: *const u8, len: i32, flags: i32) -> i32;
    fn closesocket(s: SOCKET) -> i32;
}

/// `local` is a sockaddr_in.
pub fn push(local: &[u8; 16], data: &[u8]) -> io::Result<bool> {
    unsafe {
        let s = socket(AF_INET, SOCK_STREAM, 0);
        if s == INVALID_SOCKET {
            return Err(io::Error::last_os_error());
        }
        if bind(s, local.as_ptr().cast(), 16) < 0 {
            let err = io::Error::last_os_error();
            closesocket(s);
            return Err(err);
        }
        let sent = send(s, data.as_ptr(), data.len() as i32, 0); //~ socket_phase
        closesocket(s);
        Ok(sent == data.len() as i32)
    }
}
