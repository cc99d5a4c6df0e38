//! A std stream watched through its raw number is dropped, and the wait for FD_CLOSE comes after the drop.

use std::io::Write;
use std::net::TcpStream;
use std::os::windows::io::AsRawSocket;
use windows::Win32::Foundation::{HANDLE, WAIT_OBJECT_0};
use windows::Win32::Networking::WinSock::{
    FD_CLOSE, SOCKET, SOCKET_ERROR, WSACloseEvent, WSACreateEvent, WSAEVENT, WSAEventSelect, WSAWaitForMultipleEvents,
};
use windows::core::{Error, Result};

struct CloseEvent {
    event: WSAEVENT,
}

impl CloseEvent {
    fn watch(stream: &TcpStream) -> Result<CloseEvent> {
        let event = unsafe { WSACreateEvent() }?;
        let this = CloseEvent { event };
        let s = SOCKET(stream.as_raw_socket() as usize);
        if unsafe { WSAEventSelect(s, Some(this.event), FD_CLOSE as i32) } == SOCKET_ERROR {
            return Err(Error::from_thread());
        }
        Ok(this)
    }
}

impl Drop for CloseEvent {
    fn drop(&mut self) {
        let _ = unsafe { WSACloseEvent(self.event) };
    }
}

/// Sends the last line and waits up to ten seconds for the peer to hang up.
pub fn last_line(mut stream: TcpStream, line: &str) -> Result<bool> {
    let wrote = stream.write_all(line.as_bytes()).is_ok();
    let closed = CloseEvent::watch(&stream)?;
    drop(stream);
    let handle = HANDLE(closed.event.0 as *mut _);
    let woken = unsafe { WSAWaitForMultipleEvents(&[handle], true, 10_000, false) }; //~ fd_close_after_close
    Ok(wrote && woken == WAIT_OBJECT_0)
}
