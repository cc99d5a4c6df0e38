//! An accept loop over the project's own bindings closes the strangers it skips.

#![allow(non_camel_case_types)]

mod sys {
    pub type SOCKET = usize;
    pub const INVALID_SOCKET: SOCKET = !0;
    pub const WSAEINTR: i32 = 10004;

    #[repr(C)]
    #[derive(Clone, Copy, Default)]
    pub struct sockaddr_in {
        pub family: u16,
        pub port: u16,
        pub addr: [u8; 4],
        pub zero: [u8; 8],
    }

    #[link(name = "ws2_32")]
    unsafe extern "system" {
        pub fn accept(s: SOCKET, addr: *mut sockaddr_in, len: *mut i32) -> SOCKET;
        pub fn send(s: SOCKET, buf: *const u8, len: i32, flags: i32) -> i32;
        pub fn closesocket(s: SOCKET) -> i32;
        pub fn WSAGetLastError() -> i32;
    }
}

use sys::SOCKET;

const BANNER: &[u8] = b"220 ready\r\n";

/// Greets local clients until accept fails. The listener stays the caller's.
pub fn greet_local(listener: SOCKET) -> Result<u32, i32> {
    let mut greeted = 0;
    loop {
        let mut peer = sys::sockaddr_in::default();
        let mut len = size_of::<sys::sockaddr_in>() as i32;
        let conn = unsafe { sys::accept(listener, &mut peer, &mut len) };
        if conn == sys::INVALID_SOCKET {
            match unsafe { sys::WSAGetLastError() } {
                sys::WSAEINTR if greeted > 0 => return Ok(greeted),
                code => return Err(code),
            }
        }
        if peer.addr[0] != 127 {
            eprintln!("stranger {:?} on {conn}", peer.addr);
            let _ = unsafe { sys::closesocket(conn) };
            continue;
        }
        if unsafe { sys::send(conn, BANNER.as_ptr(), BANNER.len() as i32, 0) } > 0 {
            greeted += 1;
        }
        let _ = unsafe { sys::closesocket(conn) };
    }
}
