//! FIONREAD takes a pointer like FIONBIO, but does not change the socket's mode.

use windows_sys::Win32::Networking::WinSock as ws;

pub unsafe fn waiting_bytes(addr: *const ws::SOCKADDR, len: i32) -> Option<u32> {
    let s = ws::socket(ws::AF_INET as i32, ws::SOCK_STREAM, ws::IPPROTO_TCP);
    if s == ws::INVALID_SOCKET {
        return None;
    }
    let linger = ws::LINGER { l_onoff: 1, l_linger: 1 };
    ws::setsockopt(s, ws::SOL_SOCKET, ws::SO_LINGER, (&raw const linger).cast(), 4);
    let mut count = 1;
    let known = ws::connect(s, addr, len) == 0 && ws::ioctlsocket(s, ws::FIONREAD, &mut count) == 0;
    ws::closesocket(s);
    known.then_some(count)
}
