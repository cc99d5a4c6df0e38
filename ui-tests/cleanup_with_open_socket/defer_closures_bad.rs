//! Deferred closures run last in, first out: WSACleanup before closesocket.

use windows_sys::Win32::Networking::WinSock::{AF_INET, INVALID_SOCKET, IPPROTO_UDP, SOCK_DGRAM, SOCKADDR_IN, WSACleanup, WSADATA, WSAStartup, bind, closesocket, socket};

struct Defer<F: FnMut()>(F);

impl<F: FnMut()> Drop for Defer<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}

pub fn port_is_free(addr: &SOCKADDR_IN) -> Result<bool, i32> {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    let code = unsafe { WSAStartup(0x202, &mut data) };
    if code != 0 {
        return Err(code);
    }
    let s = unsafe { socket(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP) };
    if s == INVALID_SOCKET {
        unsafe { WSACleanup() };
        return Ok(false);
    }
    let _close = Defer(|| {
        unsafe { closesocket(s) }; //~ winsock_not_started
    });
    let _stop = Defer(|| {
        unsafe { WSACleanup() }; //~ cleanup_with_open_socket
    });
    let res = unsafe { bind(s, std::ptr::from_ref(addr).cast(), size_of::<SOCKADDR_IN>() as i32) };
    Ok(res == 0)
}
