//! WSAENOTSOCK in a table of names: a closed socket is near, but its descriptor is not used again.

use windows_sys::Win32::Networking::WinSock as ws;

fn name(code: i32) -> &'static str {
    match code {
        ws::WSAENOTSOCK => "not a socket",
        ws::WSAECONNRESET => "reset by peer",
        ws::WSAETIMEDOUT => "timed out",
        _ => "other",
    }
}

pub unsafe fn send_and_close(s: ws::SOCKET, text: &[u8]) -> Result<(), &'static str> {
    let n = ws::send(s, text.as_ptr(), text.len() as i32, 0);
    let code = if n < 0 { ws::WSAGetLastError() } else { 0 };
    ws::closesocket(s);
    if code == ws::WSAENOTSOCK {
        return Err("the caller's descriptor was never a socket");
    }
    if code != 0 { Err(name(code)) } else { Ok(()) }
}
