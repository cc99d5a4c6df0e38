//! The socket lingers only where the variable with the mode is still 0.

use windows_sys::Win32::Networking::WinSock as ws;

pub unsafe fn first_line(addr: *const ws::SOCKADDR, len: i32, poll: bool, line: &mut [u8]) -> i32 {
    let s = ws::socket(ws::AF_INET as i32, ws::SOCK_STREAM, ws::IPPROTO_TCP);
    if s == ws::INVALID_SOCKET {
        return -1;
    }
    let mut mode = 0;
    if poll {
        mode = 1;
    }
    let mut n = ws::connect(s, addr, len);
    if n == 0 {
        ws::ioctlsocket(s, ws::FIONBIO, &mut mode);
        n = ws::recv(s, line.as_mut_ptr(), line.len() as i32, 0);
        if mode == 0 {
            let linger = ws::LINGER { l_onoff: 1, l_linger: 2 };
            ws::setsockopt(s, ws::SOL_SOCKET, ws::SO_LINGER, (&raw const linger).cast(), 4);
        }
    }
    ws::closesocket(s);
    n
}
