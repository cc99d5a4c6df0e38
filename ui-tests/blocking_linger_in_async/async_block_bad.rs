//! The async block that a plain fn returns closes a socket that lingers for half a minute.

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
        let option = linger { l_onoff: 1, l_linger: 30 };
        unsafe {
            setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const option).cast(), size_of::<linger>() as i32);
            let sent = send(s, b"changed\n".as_ptr().cast(), 8, 0);
            closesocket(s); //~ blocking_linger_in_async
            sent == 8
        }
    }
}
