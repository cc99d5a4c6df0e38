//! shutdown, the wait for FD_CLOSE, and then closesocket.

use windows_sys::Win32::Networking::WinSock::{
    closesocket, FD_CLOSE, SD_SEND, shutdown, SOCKET, SOCKET_ERROR, WSA_INVALID_EVENT, WSA_WAIT_EVENT_0, WSACloseEvent, WSACreateEvent, WSAEventSelect,
    WSAWaitForMultipleEvents,
};

pub unsafe fn hang_up(s: SOCKET) -> bool {
    let event = WSACreateEvent();
    if event == WSA_INVALID_EVENT {
        closesocket(s);
        return false;
    }
    if WSAEventSelect(s, event, FD_CLOSE as i32) == SOCKET_ERROR {
        closesocket(s);
        WSACloseEvent(event);
        return false;
    }
    shutdown(s, SD_SEND);
    let r = WSAWaitForMultipleEvents(1, (&raw const event).cast(), 1, 5_000, 0);
    closesocket(s);
    WSACloseEvent(event);
    r == WSA_WAIT_EVENT_0 as u32
}
