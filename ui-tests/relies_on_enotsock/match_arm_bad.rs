//! An arm for WSAENOTSOCK tells a closed socket from a broken one.

use windows_sys::Win32::Networking::WinSock as ws;

pub enum Outcome {
    Sent,
    Closed,
    Failed(i32),
}

pub unsafe fn send_unless_idle(s: ws::SOCKET, text: &[u8], idle: bool) -> Outcome {
    if idle {
        ws::closesocket(s);
    }
    if ws::send(s, text.as_ptr(), text.len() as i32, 0) != ws::SOCKET_ERROR { //~ use_after_close
        return Outcome::Sent;
    }
    match ws::WSAGetLastError() {
        ws::WSAENOTSOCK => Outcome::Closed, //~ relies_on_enotsock
        code => Outcome::Failed(code),
    }
}
