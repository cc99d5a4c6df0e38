//! Inside the async block stands the closure of a thread, and that thread does the lingering close.

use std::thread;
use windows_sys::Win32::Networking::WinSock as ws;

pub fn notifier(addr: ws::SOCKADDR_IN, text: &'static str) -> impl Future<Output = bool> {
    async move {
        tokio::task::yield_now().await;
        let s = unsafe { ws::socket(ws::AF_INET as i32, ws::SOCK_STREAM, 0) };
        if s == ws::INVALID_SOCKET {
            return false;
        }
        thread::spawn(move || unsafe {
            if ws::connect(s, (&raw const addr).cast(), size_of::<ws::SOCKADDR_IN>() as i32) == 0 {
                let linger = ws::LINGER { l_onoff: 1, l_linger: 7 };
                ws::setsockopt(s, ws::SOL_SOCKET, ws::SO_LINGER, (&raw const linger).cast(), 4);
                ws::send(s, text.as_ptr(), text.len() as i32, 0);
            }
            ws::closesocket(s);
        });
        true
    }
}
