//! The close stands inside the receive loop, the shutdown before it.

use winapi::um::winsock2::{SD_SEND, SOCKET, SOCKET_ERROR, WSAEMSGSIZE, WSAGetLastError, closesocket, recv, shutdown};

pub fn drain(s: SOCKET) -> usize {
    let mut buf = [0i8; 64];
    let mut total = 0;
    loop {
        let n = unsafe { recv(s, buf.as_mut_ptr(), 64, 0) };
        if n == SOCKET_ERROR && unsafe { WSAGetLastError() } == WSAEMSGSIZE {
            continue;
        }
        if n <= 0 {
            unsafe { shutdown(s, SD_SEND) };
            unsafe { closesocket(s) };
            break;
        }
        total += n as usize;
    }
    total
}
