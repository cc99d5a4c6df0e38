//! The probe socket is closed hard, and the data goes out on the other one.

use windows_sys::Win32::Networking::WinSock::*;

pub unsafe fn send_if_alive(addr: *const SOCKADDR, len: i32, data: &[u8]) -> bool {
    let probe = socket(AF_INET as i32, SOCK_STREAM, 0);
    if probe == INVALID_SOCKET {
        return false;
    }
    let hard = LINGER { l_onoff: 1, l_linger: 0 };
    setsockopt(probe, SOL_SOCKET, SO_LINGER, (&raw const hard).cast(), 4);
    let alive = connect(probe, addr, len) == 0;
    closesocket(probe);
    if !alive {
        return false;
    }
    let s = socket(AF_INET as i32, SOCK_STREAM, 0);
    if s == INVALID_SOCKET {
        return false;
    }
    let sent = connect(s, addr, len) == 0 && send(s, data.as_ptr(), data.len() as i32, 0) == data.len() as i32;
    closesocket(s);
    sent
}
