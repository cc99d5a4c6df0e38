//! The family depends on a flag, and only the TCP socket is half closed.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_ATM, AF_INET, ATMPROTO_AAL5, closesocket, connect, INVALID_SOCKET, IPPROTO_TCP, recv, SD_BOTH, SD_SEND, shutdown, SOCK_RAW, SOCK_STREAM, SOCKADDR, socket};

pub fn drain(atm: bool, addr: *const SOCKADDR, len: i32) -> io::Result<usize> {
    let (family, kind, protocol) = if atm { (AF_ATM, SOCK_RAW, ATMPROTO_AAL5 as i32) } else { (AF_INET, SOCK_STREAM, IPPROTO_TCP) };
    let s = unsafe { socket(family as i32, kind, protocol) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let mut total = 0;
    unsafe {
        if connect(s, addr, len) == 0 {
            if !atm {
                shutdown(s, SD_SEND);
            }
            let mut buf = [0u8; 512];
            while let n @ 1.. = recv(s, buf.as_mut_ptr(), 512, 0) {
                total += n as usize;
            }
            if atm {
                shutdown(s, SD_BOTH);
            }
        }
        closesocket(s);
    }
    Ok(total)
}
