//! After the close of the client the event waited for is that of the listener.

use std::ptr::null_mut;
use windows_sys::Win32::Foundation::WAIT_OBJECT_0;
use windows_sys::Win32::Networking::WinSock::{
    accept, closesocket, FD_ACCEPT, FD_CLOSE, INVALID_SOCKET, SD_SEND, shutdown, SOCKET, WSACloseEvent, WSACreateEvent, WSAEventSelect, WSAResetEvent,
    WSAWaitForMultipleEvents,
};

pub unsafe fn turn_away(listener: SOCKET) {
    let (incoming, leaving) = (WSACreateEvent(), WSACreateEvent());
    if WSAEventSelect(listener, incoming, FD_ACCEPT as i32) == 0 {
        while WSAWaitForMultipleEvents(1, (&raw const incoming).cast(), 1, 60_000, 0) == WAIT_OBJECT_0 {
            WSAResetEvent(incoming);
            WSAResetEvent(leaving);
            let client = accept(listener, null_mut(), null_mut());
            if client == INVALID_SOCKET {
                break;
            }
            if WSAEventSelect(client, leaving, FD_CLOSE as i32) == 0 {
                shutdown(client, SD_SEND);
                WSAWaitForMultipleEvents(1, (&raw const leaving).cast(), 1, 1_000, 0);
            }
            closesocket(client);
        }
    }
    WSACloseEvent(incoming);
    WSACloseEvent(leaving);
}
