//! Thread, file descriptor, event and socket side by side, each closed with its own function.

use std::ffi::CStr;
use windows_sys::Win32::Foundation::{CloseHandle, HANDLE};
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSACloseEvent, WSAEVENT, closesocket};

pub enum Resource {
    Socket(SOCKET),
    Event(WSAEVENT),
    Kernel(HANDLE),
    File(i32),
}

impl Resource {
    pub fn log(path: &CStr) -> Option<Resource> {
        let fd = unsafe { libc::open(path.as_ptr(), libc::O_WRONLY | libc::O_CREAT | libc::O_APPEND, 0o644) };
        (fd >= 0).then_some(Resource::File(fd))
    }

    /// The number of any of them, as the protocol between the processes has it.
    pub fn number(&self) -> usize {
        match *self {
            Resource::Socket(s) => s as usize,
            Resource::Event(e) => e as usize,
            Resource::Kernel(h) => h as usize,
            Resource::File(fd) => fd as usize,
        }
    }

    /// What came from the other process. Owned from here on.
    pub unsafe fn from_number(kind: u8, number: usize) -> Option<Resource> {
        Some(match kind {
            b's' => Resource::Socket(number as SOCKET),
            b'e' => Resource::Event(number as WSAEVENT),
            b'k' => Resource::Kernel(number as HANDLE),
            b'f' => Resource::File(number as i32),
            _ => return None,
        })
    }
}

impl Drop for Resource {
    fn drop(&mut self) {
        match *self {
            Resource::Socket(s) => drop(unsafe { closesocket(s) }),
            Resource::Event(e) => drop(unsafe { WSACloseEvent(e) }),
            Resource::Kernel(h) => drop(unsafe { CloseHandle(h) }),
            Resource::File(fd) => drop(unsafe { libc::close(fd) }),
        }
    }
}
