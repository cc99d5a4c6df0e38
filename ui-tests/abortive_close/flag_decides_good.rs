//! Only an upload that failed is closed hard.

use windows_sys::Win32::Networking::WinSock::*;

pub struct Upload<'a> {
    pub chunks: &'a [Vec<u8>],
}

pub unsafe fn run(upload: &Upload<'_>, addr: *const SOCKADDR, len: i32) -> bool {
    let s = socket(AF_INET6 as i32, SOCK_STREAM, 0);
    if s == INVALID_SOCKET {
        return false;
    }
    if connect(s, addr, len) != 0 {
        closesocket(s);
        return false;
    }
    let mut failed = false;
    for chunk in upload.chunks {
        if send(s, chunk.as_ptr(), chunk.len() as i32, 0) == SOCKET_ERROR {
            failed = true;
            break;
        }
    }
    if failed {
        let hard = LINGER { l_onoff: 1, ..Default::default() };
        setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const hard).cast(), 4);
    }
    closesocket(s);
    !failed
}
