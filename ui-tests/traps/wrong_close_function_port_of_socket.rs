//! CloseHandle on the completion port that was made for a socket, and a `close` that is no system call.

use std::io;
use std::net::TcpStream;
use std::os::windows::io::{AsRawSocket, IntoRawSocket};
use std::ptr::null_mut;
use windows::Win32::Foundation::{CloseHandle, HANDLE, INVALID_HANDLE_VALUE};
use windows::Win32::Networking::WinSock::{SOCKET, closesocket};
use windows::Win32::System::IO::CreateIoCompletionPort;

pub struct Channel {
    stream: TcpStream,
    port: HANDLE,
    open: bool,
}

impl Channel {
    pub fn new(stream: TcpStream) -> io::Result<Channel> {
        let port = unsafe { CreateIoCompletionPort(INVALID_HANDLE_VALUE, None, 0, 1) }?;
        let as_handle = HANDLE(stream.as_raw_socket() as usize as *mut _);
        // The function returns the port it was given.
        match unsafe { CreateIoCompletionPort(as_handle, Some(port), 1, 0) } {
            Ok(same) => Ok(Channel { stream, port: same, open: true }),
            Err(e) => {
                let _ = unsafe { CloseHandle(port) };
                Err(e.into())
            }
        }
    }

    /// Marks the channel; the handles go with Drop.
    pub fn close(&mut self) {
        self.open = false;
    }

    pub fn stream(&self) -> Option<&TcpStream> {
        self.open.then_some(&self.stream)
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.close();
        let _ = unsafe { CloseHandle(std::mem::replace(&mut self.port, HANDLE(null_mut()))) };
    }
}

pub fn close_now(stream: TcpStream) -> bool {
    let raw = stream.into_raw_socket();
    unsafe { closesocket(SOCKET(raw as usize)) == 0 }
}
