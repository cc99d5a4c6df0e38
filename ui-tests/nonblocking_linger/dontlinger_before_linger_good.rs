//! SO_DONTLINGER comes last and takes the SO_LINGER before it back.

use std::io;
use windows::Win32::Networking::WinSock::*;

pub fn probe(addr: &SOCKADDR_IN, hello: &[u8]) -> io::Result<i32> {
    let s = unsafe { socket(AF_INET.0.into(), SOCK_STREAM, IPPROTO_TCP.0) }?;
    let linger = LINGER { l_onoff: 1, l_linger: 8 };
    let bytes = unsafe { std::slice::from_raw_parts((&raw const linger).cast(), size_of_val(&linger)) };
    let len = size_of::<SOCKADDR_IN>() as i32;
    unsafe {
        if connect(s, (addr as *const SOCKADDR_IN).cast(), len) != 0 || ioctlsocket(s, FIONBIO, &mut 1) != 0 {
            let err = io::Error::last_os_error();
            closesocket(s);
            return Err(err);
        }
        setsockopt(s, SOL_SOCKET, SO_LINGER, Some(bytes));
        setsockopt(s, SOL_SOCKET, SO_DONTLINGER, Some(&u32::from(true).to_ne_bytes()));
        let n = send(s, hello, SEND_RECV_FLAGS(0));
        closesocket(s);
        Ok(n)
    }
}
