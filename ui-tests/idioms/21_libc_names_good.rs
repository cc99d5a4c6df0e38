//! libc's names beside Winsock's: libc::close on the file, closesocket on the socket.

use std::ffi::CStr;
use windows_sys::Win32::Networking::WinSock as net;

pub fn probe(path: &CStr) -> bool {
    unsafe {
        let fd = libc::open(path.as_ptr(), libc::O_RDONLY);
        let s = net::socket(net::AF_INET as i32, net::SOCK_STREAM, 0);
        if s != net::INVALID_SOCKET {
            net::closesocket(s);
        }
        if fd >= 0 {
            libc::close(fd);
        }
        fd >= 0 && s != net::INVALID_SOCKET
    }
}
