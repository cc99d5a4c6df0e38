//! The branch of the failed send closes and then falls into the wait for FD_CLOSE that all share.

use windows_sys::Win32::Networking::WinSock as ws;
use windows_sys::Win32::System::Threading::{INFINITE, WaitForSingleObject};

pub unsafe fn say_and_wait(s: ws::SOCKET, text: &[u8]) -> bool {
    let event = ws::WSACreateEvent();
    if event == ws::WSA_INVALID_EVENT {
        ws::closesocket(s);
        return false;
    }
    if ws::WSAEventSelect(s, event, ws::FD_CLOSE as i32) != 0 {
        ws::closesocket(s);
        ws::WSACloseEvent(event);
        return false;
    }
    let sent = ws::send(s, text.as_ptr(), text.len() as i32, 0) == text.len() as i32;
    if sent {
        ws::shutdown(s, ws::SD_SEND);
    } else {
        ws::closesocket(s);
    }
    WaitForSingleObject(event as _, INFINITE); //~ fd_close_after_close
    ws::WSACloseEvent(event);
    if sent {
        ws::closesocket(s);
    }
    sent
}
