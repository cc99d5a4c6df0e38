//! A project's own bindings: `closesocket` on the socket.

#![allow(non_snake_case)]

mod c {
    pub const INVALID_SOCKET: usize = !0;

    #[link(name = "ws2_32")]
    unsafe extern "system" {
        pub fn socket(af: i32, kind: i32, protocol: i32) -> usize;
        pub fn listen(s: usize, backlog: i32) -> i32;
        pub fn bind(s: usize, name: *const u8, namelen: i32) -> i32;
        pub fn closesocket(s: usize) -> i32;
        pub fn WSAGetLastError() -> i32;
    }
}

pub fn server(addr: &[u8]) -> Result<usize, i32> {
    unsafe {
        let s = c::socket(2, 1, 6);
        if s == c::INVALID_SOCKET {
            return Err(c::WSAGetLastError());
        }
        if c::bind(s, addr.as_ptr(), addr.len() as i32) == -1 || c::listen(s, 16) == -1 {
            let code = c::WSAGetLastError();
            c::closesocket(s);
            return Err(code);
        }
        Ok(s)
    }
}
