//! `opens`, but returns what it closed.

use winapi::um::winsock2::{INVALID_SOCKET, SOCKET, SOCKET_ERROR, closesocket, listen, socket};

#[socket_lifecycle::socket_lifecycle(opens)] //~ broken_contract
pub unsafe fn server() -> SOCKET {
    unsafe {
        let s = socket(2, 1, 0);
        if s != INVALID_SOCKET && listen_on(s) == SOCKET_ERROR {
            closesocket(s);
        }
        s
    }
}

unsafe fn listen_on(s: SOCKET) -> i32 {
    unsafe { bind_any(s).min(listen(s, 5)) }
}

unsafe extern "C" {
    fn bind_any(s: SOCKET) -> i32;
}
