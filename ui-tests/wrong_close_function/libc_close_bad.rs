//! `libc::close` takes a C run-time descriptor, not a socket.

use std::os::windows::io::{IntoRawSocket, RawSocket};
use std::net::TcpStream;
use windows_sys::Win32::Networking::WinSock::{};

fn release(raw: RawSocket) -> bool {
    unsafe { libc::close(raw as libc::c_int) == 0 } //~ wrong_close_function
}

pub fn hang_up(stream: TcpStream) -> bool {
    if stream.set_nodelay(true).is_err() {
        return false;
    }
    release(stream.into_raw_socket())
}
