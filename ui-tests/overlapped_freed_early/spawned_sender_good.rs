//! A spawned closure waits for its send with GetOverlappedResult before the Vec and the OVERLAPPED end with it.

use std::io;
use std::net::TcpStream;
use std::os::windows::io::AsRawSocket;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::{SOCKET, SOCKET_ERROR, WSA_IO_PENDING, WSABUF, WSACloseEvent, WSACreateEvent, WSAGetLastError, WSASend};
use windows_sys::Win32::System::IO::{GetOverlappedResult, OVERLAPPED};

fn started(rc: i32) -> Result<(), i32> {
    if rc != SOCKET_ERROR {
        return Ok(());
    }
    match unsafe { WSAGetLastError() } {
        WSA_IO_PENDING => Ok(()),
        code => Err(code),
    }
}

pub fn send_in_background(stream: Arc<TcpStream>, mut data: Vec<u8>) -> JoinHandle<io::Result<u32>> {
    thread::spawn(move || {
        let event = unsafe { WSACreateEvent() };
        if event == 0 {
            return Err(io::Error::last_os_error());
        }
        let mut overlapped = OVERLAPPED { hEvent: event as HANDLE, ..Default::default() };
        let wsabuf = WSABUF { len: data.len() as u32, buf: data.as_mut_ptr() };
        let handle = stream.as_raw_socket();
        let posted = started(unsafe { WSASend(handle as SOCKET, &wsabuf, 1, std::ptr::null_mut(), 0, &mut overlapped, None) });
        let result = posted.map_err(io::Error::from_raw_os_error).and_then(|()| {
            let mut n = 0;
            match unsafe { GetOverlappedResult(handle as HANDLE, &overlapped, &mut n, 1) } {
                0 => Err(io::Error::last_os_error()),
                _ => Ok(n),
            }
        });
        unsafe { WSACloseEvent(event) };
        result
    })
}
