//! The circuit is closed directly after the last frame of a loop.

use std::io;
use windows_sys::Win32::Networking::WinSock::{
    AF_ATM, ATMPROTO_AAL5, INVALID_SOCKET, SOCK_RAW, SOCKADDR, SOCKADDR_ATM, SOCKET_ERROR, closesocket, connect, send, socket,
};


pub fn transmit(to: &SOCKADDR_ATM, frames: &[&[u8]]) -> io::Result<usize> {
    let s = unsafe { socket(AF_ATM as i32, SOCK_RAW, ATMPROTO_AAL5 as i32) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let mut result = Ok(0);
    if unsafe { connect(s, (&raw const *to).cast::<SOCKADDR>(), size_of::<SOCKADDR_ATM>() as i32) } == SOCKET_ERROR {
        result = Err(io::Error::last_os_error());
    } else {
        for frame in frames {
            let n = unsafe { send(s, frame.as_ptr(), frame.len() as i32, 0) };
            if n == SOCKET_ERROR {
                result = Err(io::Error::last_os_error());
                break;
            }
            result = result.map(|total| total + n as usize);
        }
    }
    unsafe { closesocket(s) }; //~ atm_close_after_send
    result
}
