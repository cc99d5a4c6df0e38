//! windows crate: the socket is closed once WaitForSingleObject has returned.

use windows::Win32::Foundation::{HANDLE, WAIT_OBJECT_0};
use windows::Win32::Networking::WinSock::{
    AF_INET, FD_CLOSE, IPPROTO_TCP, SD_SEND, SOCK_STREAM, SOCKADDR_IN, SOCKET_ERROR, WSACloseEvent, WSACreateEvent, WSAEventSelect, closesocket, connect, shutdown,
    socket,
};
use windows::Win32::System::Threading::WaitForSingleObject;
use windows::core::Result;

pub fn touch(addr: &SOCKADDR_IN) -> Result<bool> {
    unsafe {
        let event = WSACreateEvent()?;
        let s = match socket(AF_INET.0.into(), SOCK_STREAM, IPPROTO_TCP.0) {
            Ok(s) => s,
            Err(err) => {
                let _ = WSACloseEvent(event);
                return Err(err);
            }
        };
        let connected = connect(s, std::ptr::from_ref(addr).cast(), size_of::<SOCKADDR_IN>() as i32) != SOCKET_ERROR;
        if !connected || WSAEventSelect(s, Some(event), FD_CLOSE as i32) == SOCKET_ERROR {
            closesocket(s);
            let _ = WSACloseEvent(event);
            return Ok(false);
        }
        shutdown(s, SD_SEND);
        let r = WaitForSingleObject(HANDLE(event.0 as _), 2_000);
        closesocket(s);
        WSACloseEvent(event)?;
        Ok(r == WAIT_OBJECT_0)
    }
}
