//! The error exit closes each socket of the Vec before it cleans Winsock up.

use std::io;
use windows_sys::Win32::Networking::WinSock::{
    AF_INET, INVALID_SOCKET, IPPROTO_UDP, SOCK_DGRAM, SOCKADDR_IN, SOCKET, WSACleanup, WSADATA, WSAStartup, bind,
    closesocket, socket,
};

fn bound(addr: &SOCKADDR_IN) -> io::Result<SOCKET> {
    let s = unsafe { socket(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    if unsafe { bind(s, std::ptr::from_ref(addr).cast(), size_of::<SOCKADDR_IN>() as i32) } != 0 {
        let e = io::Error::last_os_error();
        unsafe { closesocket(s) };
        return Err(e);
    }
    Ok(s)
}

fn close_all(sockets: &mut Vec<SOCKET>) {
    for s in sockets.drain(..) {
        unsafe { closesocket(s) };
    }
}

/// Tells whether all of the addresses are free.
pub fn all_free(addrs: &[SOCKADDR_IN]) -> io::Result<()> {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    let code = unsafe { WSAStartup(0x0202, &mut data) };
    if code != 0 {
        return Err(io::Error::from_raw_os_error(code));
    }
    let mut sockets: Vec<SOCKET> = Vec::with_capacity(addrs.len());
    for addr in addrs {
        match bound(addr) {
            Ok(s) => sockets.push(s),
            Err(e) => {
                close_all(&mut sockets);
                unsafe { WSACleanup() };
                return Err(e);
            }
        }
    }
    close_all(&mut sockets);
    unsafe { WSACleanup() };
    Ok(())
}
