//! A recv after closesocket is expected to say WSAENOTSOCK.

use windows_sys::Win32::Networking::WinSock::{closesocket, recv, SD_BOTH, shutdown, SOCKET, SOCKET_ERROR, WSAENOTSOCK, WSAGetLastError};

pub unsafe fn close_and_verify(s: SOCKET) -> bool {
    shutdown(s, SD_BOTH);
    closesocket(s);
    let mut byte = 0u8;
    let n = recv(s, &mut byte, 1, 0); //~ use_after_close
    n == SOCKET_ERROR && WSAGetLastError() == WSAENOTSOCK //~ relies_on_enotsock
}
