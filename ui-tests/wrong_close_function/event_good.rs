//! The event is closed with WSACloseEvent.

use windows_sys::Win32::Networking::WinSock as WinSock;

pub unsafe fn wait_readable(s: WinSock::SOCKET, millis: u32) -> bool {
    let event = WinSock::WSACreateEvent();
    if WinSock::WSAEventSelect(s, event, WinSock::FD_READ as i32) != 0 {
        WinSock::WSACloseEvent(event);
        return false;
    }
    let handle = event as windows_sys::Win32::Foundation::HANDLE;
    let ready = WinSock::WSAWaitForMultipleEvents(1, &handle, 0, millis, 0) == 0;
    WinSock::WSAEventSelect(s, 0, 0);
    WinSock::WSACloseEvent(event);
    ready
}
