//! A trait's method that states nothing, and the caller closes.

use windows_sys::Win32::Networking::WinSock::{SOCKET, closesocket};
use socket_lifecycle::socket_lifecycle;

pub trait Sink {
    #[socket_lifecycle(closes(s))]
    fn discard(&mut self, s: SOCKET);
    fn look(&mut self, s: SOCKET);
}

pub fn end(sink: &mut dyn Sink, s: SOCKET) {
    sink.look(s);
    unsafe { closesocket(s) };
}
