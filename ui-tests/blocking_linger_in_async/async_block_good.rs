//! Linger is off on the socket that the async block closes.

use winapi::shared::ws2def::{AF_INET, SOCK_STREAM, SOCKADDR_IN};
use winapi::um::winsock2::{INVALID_SOCKET, SO_LINGER, SOCKET_ERROR, SOL_SOCKET, closesocket, connect, linger, send, setsockopt, socket};

pub fn notifier(addr: SOCKADDR_IN) -> impl Future<Output = bool> {
    async move {
        tokio::task::yield_now().await;
        let s = unsafe { socket(AF_INET, SOCK_STREAM, 0) };
        if s == INVALID_SOCKET {
            return false;
        }
        if unsafe { connect(s, (&raw const addr).cast(), size_of::<SOCKADDR_IN>() as i32) } == SOCKET_ERROR {
            unsafe { closesocket(s) };
            return false;
        }
        let option = linger { l_onoff: 0, l_linger: 0 };
        unsafe {
            setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const option).cast(), size_of::<linger>() as i32);
            let sent = send(s, b"changed\n".as_ptr().cast(), 8, 0);
            closesocket(s);
            sent == 8
        }
    }
}
