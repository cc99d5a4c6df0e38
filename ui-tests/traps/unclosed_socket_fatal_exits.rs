//! Where the socket is not closed the process ends.

use std::io;
use windows_sys::Win32::Networking::WinSock::{
    AF_INET, INVALID_SOCKET, IPPROTO_UDP, SOCK_DGRAM, SOCKADDR, SOCKADDR_IN, SOCKET, bind, closesocket, recvfrom, socket,
};

#[cold]
fn fatal(what: &str) -> ! {
    let err = io::Error::last_os_error();
    eprintln!("syslogd: {what}: {err}");
    std::process::exit(1)
}

macro_rules! or_die {
    ($cond:expr, $what:literal) => {
        if !$cond {
            fatal($what);
        }
    };
}

fn bound_socket(addr: &SOCKADDR_IN) -> SOCKET {
    let s = unsafe { socket(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP) };
    or_die!(s != INVALID_SOCKET, "socket");
    let rc = unsafe { bind(s, addr as *const SOCKADDR_IN as *const SOCKADDR, size_of::<SOCKADDR_IN>() as i32) };
    or_die!(rc == 0, "bind");
    s
}

/// Runs until `sink` has had enough.
pub fn syslogd(addr: &SOCKADDR_IN, mut sink: impl FnMut(&[u8]) -> bool) {
    let s = bound_socket(addr);
    let mut buf = vec![0u8; 2048];
    loop {
        let n = unsafe { recvfrom(s, buf.as_mut_ptr(), buf.len() as i32, 0, std::ptr::null_mut(), std::ptr::null_mut()) };
        if n < 0 {
            fatal("recvfrom");
        }
        assert!(n as usize <= buf.len());
        if !sink(&buf[..n as usize]) {
            break;
        }
    }
    unsafe { closesocket(s) };
}
