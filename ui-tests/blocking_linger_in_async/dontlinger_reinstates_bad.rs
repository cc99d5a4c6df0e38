//! SO_DONTLINGER of false reinstates the earlier timeout right before the close in the async fn.

use windows_sys::Win32::Networking::WinSock::*;

unsafe fn option<T>(s: SOCKET, name: i32, value: T) -> bool {
    unsafe { setsockopt(s, SOL_SOCKET, name, (&raw const value).cast(), size_of::<T>() as i32) == 0 }
}

pub async fn transfer(addr: SOCKADDR_IN, data: &[u8]) -> Option<i32> {
    let s = unsafe { WSASocketW(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP, std::ptr::null(), 0, WSA_FLAG_OVERLAPPED) };
    if s == INVALID_SOCKET {
        return None;
    }
    unsafe {
        option(s, SO_LINGER, LINGER { l_onoff: 1, l_linger: 15 });
        option(s, SO_DONTLINGER, 1i32);
    }
    if unsafe { connect(s, (&raw const addr).cast(), size_of::<SOCKADDR_IN>() as i32) } == SOCKET_ERROR {
        unsafe { closesocket(s) };
        return None;
    }
    let sent = unsafe { send(s, data.as_ptr(), data.len() as i32, 0) };
    unsafe { option(s, SO_DONTLINGER, 0i32) };
    unsafe { closesocket(s) }; //~ blocking_linger_in_async
    Some(sent)
}
