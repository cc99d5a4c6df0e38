//! The stream is dropped after the wait for FD_CLOSE.

use std::io;
use std::net::{Shutdown, TcpStream};
use std::os::windows::io::AsRawSocket;
use windows_sys::Win32::Networking::WinSock::{FD_CLOSE, SOCKET, WSA_INVALID_EVENT, WSACloseEvent, WSACreateEvent, WSAEVENT, WSAEventSelect, WSAWaitForMultipleEvents};

fn close_event(stream: &TcpStream) -> io::Result<WSAEVENT> {
    let event = unsafe { WSACreateEvent() };
    if event == WSA_INVALID_EVENT {
        return Err(io::Error::last_os_error());
    }
    if unsafe { WSAEventSelect(stream.as_raw_socket() as SOCKET, event, FD_CLOSE as i32) } != 0 {
        let err = io::Error::last_os_error();
        unsafe { WSACloseEvent(event) };
        return Err(err);
    }
    Ok(event)
}

pub fn finish(stream: TcpStream, patience_ms: u32) -> io::Result<bool> {
    let event = close_event(&stream)?;
    let half = stream.shutdown(Shutdown::Write);
    let r = unsafe { WSAWaitForMultipleEvents(1, (&raw const event).cast(), 1, patience_ms, 0) };
    drop(stream);
    unsafe { WSACloseEvent(event) };
    half.map(|()| r == 0)
}
