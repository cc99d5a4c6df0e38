//! After DisconnectEx with TF_REUSE_SOCKET the socket connects and sends again.

use windows_sys::Win32::Networking::WinSock::*;
use windows_sys::Win32::System::IO::OVERLAPPED;
pub unsafe fn a(s: SOCKET, dx: LPFN_DISCONNECTEX, cx: LPFN_CONNECTEX, a: &SOCKADDR) {
    shutdown(s, SD_SEND);
    if dx.unwrap()(s, std::ptr::null_mut(), TF_REUSE_SOCKET, 0) != 0 {
        connect(s, a, 16);
        send(s, b"x".as_ptr(), 1, 0);
    }
    closesocket(s);
}
pub unsafe fn b(s: SOCKET, dx: LPFN_DISCONNECTEX, a: &SOCKADDR) {
    let Some(dx) = dx else { return };
    shutdown(s, SD_SEND);
    if dx(s, std::ptr::null_mut(), TF_REUSE_SOCKET, 0) != 0 {
        connect(s, a, 16);
        send(s, b"x".as_ptr(), 1, 0);
    }
    closesocket(s);
}
