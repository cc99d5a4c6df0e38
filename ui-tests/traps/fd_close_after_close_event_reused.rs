//! One event serves two sockets in turn: the second wait is for the second socket, which is open.

use windows_sys::Win32::Networking::WinSock as ws;
use windows_sys::Win32::System::Threading::WaitForSingleObject;

pub unsafe fn close_both(first: ws::SOCKET, second: ws::SOCKET) -> u32 {
    let event = ws::WSACreateEvent();
    let mut in_time = 0;
    for s in [first, second] {
        ws::WSAResetEvent(event);
        if ws::WSAEventSelect(s, event, ws::FD_CLOSE as i32) == 0 {
            ws::shutdown(s, ws::SD_SEND);
            in_time += u32::from(WaitForSingleObject(event as _, 1_000) == 0);
        }
        ws::closesocket(s);
    }
    ws::WSACloseEvent(event);
    in_time
}
