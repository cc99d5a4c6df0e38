//! Two sockets are watched; the upstream one is closed, and the wait is for the FD_CLOSE of the client, which is still open.

use std::io;
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::{
    FD_CLOSE, SD_SEND, SOCKET, SOCKET_ERROR, WSA_WAIT_FAILED, WSACloseEvent, WSACreateEvent, WSAEVENT, WSAEventSelect,
    WSAWaitForMultipleEvents, closesocket, shutdown,
};

struct Side {
    socket: SOCKET,
    event: WSAEVENT,
}

impl Side {
    fn watch(socket: SOCKET) -> io::Result<Side> {
        let event = unsafe { WSACreateEvent() };
        if event == 0 {
            return Err(io::Error::last_os_error());
        }
        if unsafe { WSAEventSelect(socket, event, FD_CLOSE as i32) } == SOCKET_ERROR {
            let err = io::Error::last_os_error();
            unsafe { WSACloseEvent(event) };
            return Err(err);
        }
        Ok(Side { socket, event })
    }
}

impl Drop for Side {
    fn drop(&mut self) {
        unsafe { WSACloseEvent(self.event) };
    }
}

/// Takes over both sockets when it succeeds in watching them.
pub fn wind_down(client: SOCKET, upstream: SOCKET) -> io::Result<bool> {
    let sides = [Side::watch(client)?, Side::watch(upstream)?];
    let [client, upstream] = &sides;
    unsafe { closesocket(upstream.socket) };
    unsafe { shutdown(client.socket, SD_SEND) };
    let woken = unsafe { WSAWaitForMultipleEvents(1, &(client.event as HANDLE), 1, 30_000, 0) };
    let res = if woken == WSA_WAIT_FAILED { Err(io::Error::last_os_error()) } else { Ok(woken == 0) };
    unsafe { closesocket(client.socket) };
    res
}
