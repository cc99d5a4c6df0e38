//! `closes`: kept.

use winapi::um::winsock2::{SD_BOTH, SOCKET, closesocket, shutdown};

#[socket_lifecycle::socket_lifecycle(closes(s))]
pub unsafe fn finish(s: SOCKET) {
    unsafe {
        shutdown(s, SD_BOTH);
        closesocket(s);
    }
}
