//! The match arm of the failed connect leaves the function.

use std::io;
use winapi::um::winsock2 as wsa;

pub struct Report {
    pub sent: usize,
    pub problem: Option<io::Error>,
}

pub unsafe fn report(addr: *const winapi::shared::ws2def::SOCKADDR, len: i32, text: &str) -> io::Result<Report> {
    let mut out = Report { sent: 0, problem: None };
    let s = wsa::socket(winapi::shared::ws2def::AF_INET, wsa::SOCK_STREAM, 0);
    if s == wsa::INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    match wsa::connect(s, addr, len) {
        wsa::SOCKET_ERROR => {
            out.problem = Some(io::Error::last_os_error());
            wsa::closesocket(s);
            return Ok(out);
        }
        _ => {}
    }
    let n = wsa::send(s, text.as_ptr().cast(), text.len() as i32, 0);
    if n > 0 {
        out.sent = n as usize;
    }
    wsa::closesocket(s);
    Ok(out)
}
