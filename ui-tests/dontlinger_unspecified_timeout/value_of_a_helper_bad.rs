//! "Keep sending after the close" becomes SO_DONTLINGER of 0 through a helper, without a time.

use windows_sys::Win32::Networking::WinSock as ws;

const WAIT_AT_CLOSE: bool = true;

struct Socket(ws::SOCKET);

impl Drop for Socket {
    fn drop(&mut self) {
        unsafe { ws::closesocket(self.0) };
    }
}

fn as_bool(on: bool) -> i32 {
    i32::from(on)
}

pub fn wait_for_peer(addr: *const ws::SOCKADDR, len: i32, first: &mut [u8]) -> Option<usize> {
    let s = unsafe { ws::socket(ws::AF_INET as i32, ws::SOCK_STREAM, 0) };
    if s == ws::INVALID_SOCKET {
        return None;
    }
    let s = Socket(s);
    let dont = as_bool(!WAIT_AT_CLOSE);
    let value = &dont as *const i32 as *const u8;
    if unsafe { ws::setsockopt(s.0, ws::SOL_SOCKET, ws::SO_DONTLINGER, value, 4) } != 0 { //~ dontlinger_unspecified_timeout
        return None;
    }
    if unsafe { ws::connect(s.0, addr, len) } != 0 {
        return None;
    }
    let n = unsafe { ws::recv(s.0, first.as_mut_ptr(), first.len() as i32, 0) };
    usize::try_from(n).ok()
}
