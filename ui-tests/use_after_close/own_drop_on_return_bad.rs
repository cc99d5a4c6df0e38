//! `raw` outlives the `Conn` that it was read from.

use windows_sys::Win32::Networking::WinSock::{self as ws, SOCKET};

struct Conn(SOCKET);

impl Drop for Conn {
    fn drop(&mut self) {
        unsafe { ws::closesocket(self.0) };
    }
}

fn dial() -> Option<Conn> {
    let s = unsafe { ws::socket(ws::AF_INET as i32, ws::SOCK_STREAM, ws::IPPROTO_TCP) };
    (s != ws::INVALID_SOCKET).then(|| Conn(s))
}

pub fn descriptor() -> Option<SOCKET> {
    let conn = dial()?;
    Some(conn.0) //~ use_after_close
}
