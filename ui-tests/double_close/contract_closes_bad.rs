//! A trait's method states that it closes, and the caller closes too.

use windows_sys::Win32::Networking::WinSock::{SOCKET, closesocket};
use socket_lifecycle::socket_lifecycle;

pub trait Sink {
    #[socket_lifecycle(closes(s))]
    fn discard(&mut self, s: SOCKET);
    fn look(&mut self, s: SOCKET);
}

pub fn end(sink: &mut dyn Sink, s: SOCKET) {
    sink.discard(s);
    unsafe { closesocket(s) }; //~ double_close
}
