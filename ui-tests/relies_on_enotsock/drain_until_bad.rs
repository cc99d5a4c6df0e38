//! After closesocket a loop receives until the error is WSAENOTSOCK.

use windows_sys::Win32::Networking::WinSock::{closesocket, recv, SD_SEND, shutdown, SOCKET, SOCKET_ERROR, WSAENOTSOCK, WSAGetLastError};

pub fn drain(s: SOCKET) -> usize {
    let (mut total, mut buf) = (0, [0u8; 512]);
    unsafe { shutdown(s, SD_SEND) };
    unsafe { closesocket(s) };
    loop {
        let n = unsafe { recv(s, buf.as_mut_ptr(), 512, 0) }; //~ use_after_close
        if n == SOCKET_ERROR && unsafe { WSAGetLastError() } == WSAENOTSOCK { //~ relies_on_enotsock
            break;
        }
        total += n.max(0) as usize;
    }
    total
}
