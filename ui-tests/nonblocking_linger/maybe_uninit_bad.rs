//! Raw writes into a MaybeUninit turn lingering on for a nonblocking socket.

use std::mem::MaybeUninit;
use std::ptr::addr_of_mut;
use windows_sys::Win32::Networking::WinSock::*;

pub fn hang_up(addr: &SOCKADDR_IN6) -> Result<(), i32> {
    unsafe {
        let s = socket(AF_INET6 as i32, SOCK_STREAM, IPPROTO_TCP);
        if s == INVALID_SOCKET {
            return Err(WSAGetLastError());
        }
        let mut linger = MaybeUninit::<LINGER>::uninit();
        addr_of_mut!((*linger.as_mut_ptr()).l_onoff).write(1);
        addr_of_mut!((*linger.as_mut_ptr()).l_linger).write(10);
        let linger = linger.assume_init();
        setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), size_of::<LINGER>() as i32);
        let mut mode = 1;
        ioctlsocket(s, FIONBIO, &raw mut mode);
        let started = connect(s, (addr as *const SOCKADDR_IN6).cast(), size_of::<SOCKADDR_IN6>() as i32) == 0;
        let code = if started { 0 } else { WSAGetLastError() };
        closesocket(s); //~ nonblocking_linger
        if code == 0 || code == WSAEWOULDBLOCK { Ok(()) } else { Err(code) }
    }
}
