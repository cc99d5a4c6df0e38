//! A failed close is logged; whether the text was delivered is what the peer's answer says.

use windows_sys::Win32::Networking::WinSock as ws;

pub unsafe fn deliver(addr: *const ws::SOCKADDR, len: i32, text: &[u8]) -> bool {
    let s = ws::socket(ws::AF_INET as i32, ws::SOCK_STREAM, 0);
    if s == ws::INVALID_SOCKET {
        return false;
    }
    let linger = ws::LINGER { l_onoff: 1, l_linger: 9 };
    ws::setsockopt(s, ws::SOL_SOCKET, ws::SO_LINGER, (&raw const linger).cast(), 4);
    let mut answer = [0u8; 2];
    let delivered = ws::connect(s, addr, len) == 0
        && ws::send(s, text.as_ptr(), text.len() as i32, 0) == text.len() as i32
        && ws::recv(s, answer.as_mut_ptr(), 2, 0) == 2
        && answer == *b"OK";
    if ws::closesocket(s) != 0 {
        eprintln!("closesocket: {}", std::io::Error::last_os_error());
    }
    delivered
}
