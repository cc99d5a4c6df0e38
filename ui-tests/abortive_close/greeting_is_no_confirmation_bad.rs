//! The greeting came before the farewell, so it does not confirm the farewell.

use windows_sys::Win32::Networking::WinSock as ws;

mod sys {
    pub use windows_sys::Win32::Networking::WinSock::closesocket;
    pub const HARD: super::ws::LINGER = super::ws::LINGER { l_onoff: 1, l_linger: 0 };
}

pub unsafe fn leave(addr: *const ws::SOCKADDR, len: i32) -> Option<()> {
    let s = match ws::socket(ws::AF_INET as i32, ws::SOCK_STREAM, 0) {
        ws::INVALID_SOCKET => return None,
        s => s,
    };
    let mut line = [0u8; 128];
    ws::setsockopt(s, ws::SOL_SOCKET, ws::SO_LINGER, std::ptr::from_ref(&sys::HARD).cast(), 4);
    if ws::connect(s, addr, len) != 0 || ws::recv(s, line.as_mut_ptr(), 128, 0) <= 0 {
        sys::closesocket(s);
        return None;
    }
    ws::send(s, b"QUIT\r\n".as_ptr(), 6, 0);
    sys::closesocket(s); //~ abortive_close
    Some(())
}
