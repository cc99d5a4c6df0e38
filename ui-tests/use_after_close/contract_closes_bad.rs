//! A function whose body leads out of what is seen states that it closes.

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
    give_back(s);
    unsafe { shutdown(s, 1) }; //~ use_after_close
}
