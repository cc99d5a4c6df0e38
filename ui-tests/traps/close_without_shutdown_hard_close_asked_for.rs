//! The peer has confirmed the data, so a hard close is asked for instead of a shutdown.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, connect, INVALID_SOCKET, LINGER, recv, SD_BOTH, send, setsockopt, shutdown, SO_LINGER, SOCK_STREAM, SOCKADDR, socket, SOL_SOCKET};

pub fn deliver(addr: *const SOCKADDR, len: i32, record: &[u8]) -> io::Result<bool> {
    let hard = LINGER { l_onoff: 1, l_linger: 0 };
    let mut ack = 0u8;
    unsafe {
        let s = socket(AF_INET as i32, SOCK_STREAM, 0);
        if s == INVALID_SOCKET {
            return Err(io::Error::last_os_error());
        }
        if connect(s, addr, len) != 0 {
            let err = io::Error::last_os_error();
            closesocket(s);
            return Err(err);
        }
        let size = record.len() as i32;
        let acked = send(s, record.as_ptr(), size, 0) == size && recv(s, &mut ack, 1, 0) == 1;
        if acked {
            setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const hard).cast(), size_of::<LINGER>() as i32);
        } else {
            shutdown(s, SD_BOTH);
        }
        closesocket(s);
        Ok(acked)
    }
}
