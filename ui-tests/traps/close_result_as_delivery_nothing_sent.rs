//! The socket lingers but has only received: the close's result is just that.

use windows_sys::Win32::Networking::WinSock::*;

pub unsafe fn fetch_motd(addr: *const SOCKADDR, len: i32, text: &mut Vec<u8>) -> bool {
    let s = socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP);
    if s == INVALID_SOCKET {
        return false;
    }
    let linger = LINGER { l_onoff: 1, l_linger: 1 };
    setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), 4);
    let mut buf = [0u8; 512];
    if connect(s, addr, len) == 0 {
        loop {
            let n = recv(s, buf.as_mut_ptr(), 512, 0);
            if n <= 0 {
                break;
            }
            text.extend_from_slice(&buf[..n as usize]);
        }
    }
    let clean = closesocket(s) == 0;
    clean && !text.is_empty()
}
