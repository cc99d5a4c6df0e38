//! What a foreign function states that it borrows is still the caller's to close.

use winapi::um::winsock2::{INVALID_SOCKET, SOCKET, closesocket, socket};

extern "C" {
    #[socket_lifecycle::socket_lifecycle(borrows(s))]
    fn tune(s: SOCKET, level: i32) -> i32;
}

pub unsafe fn probe() -> bool {
    let s = unsafe { socket(2, 1, 0) }; //~ unclosed_socket
    if s == INVALID_SOCKET {
        return false;
    }
    let tuned = unsafe { tune(s, 3) };
    tuned == 0
}
