//! WSAEWOULDBLOCK of the close is only logged.

use windows_sys::Win32::Networking::WinSock as ws;

fn linger(s: ws::SOCKET, l_onoff: u16) {
    let value = ws::LINGER { l_onoff, l_linger: 3 };
    unsafe { ws::setsockopt(s, ws::SOL_SOCKET, ws::SO_LINGER, (&raw const value).cast(), 4) };
}

pub unsafe fn tell(addr: *const ws::SOCKADDR, len: i32, word: &str) {
    let s = ws::socket(ws::AF_INET as i32, ws::SOCK_STREAM, 0); //~ unclosed_socket
    if s == ws::INVALID_SOCKET {
        return;
    }
    linger(s, 1);
    if ws::connect(s, addr, len) == 0 {
        ws::ioctlsocket(s, ws::FIONBIO, &mut 1);
        ws::send(s, word.as_ptr(), word.len() as i32, 0);
    }
    if ws::closesocket(s) != 0 { //~ nonblocking_linger
        let code = ws::WSAGetLastError();
        if code == ws::WSAEWOULDBLOCK {
            eprintln!("{word}: still sending");
        }
    }
}
