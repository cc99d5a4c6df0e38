//! WSASendDisconnect, or a helper that shuts down, ends the sending half before the close.

use std::ptr::null;
use windows_sys::Win32::Networking::WinSock as ws;

fn end(s: ws::SOCKET) {
    if unsafe { ws::shutdown(s, ws::SD_BOTH) } == ws::SOCKET_ERROR {
        eprintln!("shutdown: {}", unsafe { ws::WSAGetLastError() });
    }
}

pub fn answer(client: ws::SOCKET, text: &str) -> bool {
    unsafe {
        let sent = ws::send(client, text.as_ptr(), text.len() as i32, 0) == text.len() as i32;
        ws::WSASendDisconnect(client, null());
        ws::closesocket(client);
        sent
    }
}

pub fn refuse(client: ws::SOCKET) -> bool {
    let sent = unsafe { ws::send(client, b"no\r\n".as_ptr(), 4, 0) } == 4;
    end(client);
    unsafe { ws::closesocket(client) };
    sent
}
