//! The same, in the right order.

use winapi::um::winsock2::{SOCKET, shutdown};
use crate::pool::give_back;

mod pool {
    use winapi::um::winsock2::SOCKET;

    #[socket_lifecycle::socket_lifecycle(closes(s))]
    pub fn give_back(s: SOCKET) {
        other_crate::retire(s);
    }
}

pub unsafe fn end(s: SOCKET) {
    unsafe { shutdown(s, 1) };
    give_back(s);
}
