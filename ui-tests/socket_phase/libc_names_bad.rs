//! libc's socket, bind and accept, without its listen.

use std::io;
use std::ptr;
use windows_sys::Win32::Networking::WinSock::closesocket as close;

const AF_INET: libc::c_int = 2;
const SOCK_STREAM: libc::c_int = 1;
const NONE: libc::SOCKET = !0;

struct Accepted {
    client: libc::SOCKET,
    listener: libc::SOCKET,
}

impl Drop for Accepted {
    fn drop(&mut self) {
        unsafe {
            close(self.client);
            close(self.listener);
        }
    }
}

pub fn rendezvous(addr: &libc::sockaddr, f: impl FnOnce(libc::SOCKET)) -> io::Result<()> {
    let listener = unsafe { libc::socket(AF_INET, SOCK_STREAM, 0) };
    if listener == NONE {
        return Err(io::Error::last_os_error());
    }
    if unsafe { libc::bind(listener, addr, 16) } == -1 {
        let err = io::Error::last_os_error();
        unsafe { close(listener) };
        return Err(err);
    }
    let client = unsafe { libc::accept(listener, ptr::null_mut(), ptr::null_mut()) }; //~ socket_phase
    if client == NONE {
        let err = io::Error::last_os_error();
        unsafe { close(listener) };
        return Err(err);
    }
    let both = Accepted { client, listener };
    f(both.client);
    Ok(())
}
