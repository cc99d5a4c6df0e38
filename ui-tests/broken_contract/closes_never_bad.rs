//! `closes`, but the body only shuts down.

use winapi::um::winsock2::{SD_BOTH, SOCKET, closesocket, shutdown};

#[socket_lifecycle::socket_lifecycle(closes(s))] //~ broken_contract
pub unsafe fn finish(s: SOCKET) {
    unsafe {
        shutdown(s, SD_BOTH);
    }
}
