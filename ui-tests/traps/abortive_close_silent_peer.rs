//! A peer that did not answer in time is reset deliberately; one that answered is not.

use std::io;
use windows_sys::Win32::Networking::WinSock as ws;

fn reset_on_close(s: ws::SOCKET) {
    let linger = ws::LINGER { l_onoff: 1, l_linger: 0 };
    unsafe { ws::setsockopt(s, ws::SOL_SOCKET, ws::SO_LINGER, (&raw const linger).cast(), 4) };
}

pub fn ask(addr: *const ws::SOCKADDR, len: i32, question: &[u8], answer: &mut [u8]) -> io::Result<usize> {
    let s = unsafe { ws::socket(ws::AF_INET as i32, ws::SOCK_STREAM, 0) };
    if s == ws::INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let millis = 3_000u32;
    let result = unsafe {
        ws::setsockopt(s, ws::SOL_SOCKET, ws::SO_RCVTIMEO, (&raw const millis).cast(), 4);
        if ws::connect(s, addr, len) == ws::SOCKET_ERROR || ws::send(s, question.as_ptr(), question.len() as i32, 0) == ws::SOCKET_ERROR {
            Err(io::Error::last_os_error())
        } else {
            match ws::recv(s, answer.as_mut_ptr(), answer.len() as i32, 0) {
                ws::SOCKET_ERROR => Err(io::Error::last_os_error()),
                n => Ok(n as usize),
            }
        }
    };
    if result.is_err() {
        reset_on_close(s);
    }
    unsafe { ws::closesocket(s) };
    result
}
