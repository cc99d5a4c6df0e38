//! `?` drops the guard, which calls WSACleanup, and the raw socket is still open.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, INVALID_SOCKET, IPPROTO_UDP, SO_REUSEADDR, SOCK_DGRAM, SOCKADDR_IN, SOCKET, SOL_SOCKET, WSACleanup, WSADATA, WSAStartup, bind, closesocket, setsockopt, socket};

struct Winsock;

impl Winsock {
    fn start() -> io::Result<Winsock> {
        let mut data: WSADATA = unsafe { std::mem::zeroed() };
        match unsafe { WSAStartup(0x202, &mut data) } {
            0 => Ok(Winsock),
            code => Err(io::Error::from_raw_os_error(code)),
        }
    }
}

impl Drop for Winsock {
    fn drop(&mut self) {
        unsafe { WSACleanup() }; //~ cleanup_with_open_socket
    }
}

fn cvt(res: i32) -> io::Result<()> {
    if res == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

fn prepare(s: SOCKET, addr: &SOCKADDR_IN) -> io::Result<()> {
    let on = 1i32;
    cvt(unsafe { setsockopt(s, SOL_SOCKET, SO_REUSEADDR, (&raw const on).cast(), 4) })?;
    cvt(unsafe { bind(s, std::ptr::from_ref(addr).cast(), size_of::<SOCKADDR_IN>() as i32) })
}

pub fn check_address(addr: &SOCKADDR_IN) -> io::Result<()> {
    let _winsock = Winsock::start()?;
    let s = unsafe { socket(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    prepare(s, addr)?;
    unsafe { closesocket(s) };
    Ok(())
}
