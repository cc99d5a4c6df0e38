//! closesocket under the name `close`, next to a CloseHandle that is for an event.

use windows_sys::Win32::Foundation::{CloseHandle, HANDLE, WAIT_OBJECT_0};
use windows_sys::Win32::Networking::WinSock::{INVALID_SOCKET, SOCKET, accept, closesocket as close, recv};
use windows_sys::Win32::System::Threading::{CreateEventW, WaitForSingleObject};

pub fn first_byte(listener: SOCKET) -> Option<u8> {
    let client = unsafe { accept(listener, std::ptr::null_mut(), std::ptr::null_mut()) };
    if client == INVALID_SOCKET {
        return None;
    }
    let mut byte = 0u8;
    let n = unsafe { recv(client, &mut byte, 1, 0) };
    unsafe { close(client) };
    (n == 1).then_some(byte)
}

pub fn pause(millis: u32) -> bool {
    let event: HANDLE = unsafe { CreateEventW(std::ptr::null(), 1, 0, std::ptr::null()) };
    if event.is_null() {
        return false;
    }
    let set = unsafe { WaitForSingleObject(event, millis) } == WAIT_OBJECT_0;
    unsafe { CloseHandle(event) };
    set
}
