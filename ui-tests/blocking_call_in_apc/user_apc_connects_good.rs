//! The function queued with QueueUserAPC makes its socket nonblocking before it connects.

use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::{connect, FIONBIO, ioctlsocket, SOCKADDR_IN, SOCKET, SOCKET_ERROR, WSAGetLastError};
use windows_sys::Win32::System::Threading::QueueUserAPC;

pub struct Dial {
    pub socket: SOCKET,
    pub addr: SOCKADDR_IN,
    pub error: i32,
}

unsafe extern "system" fn dial(parameter: usize) {
    let dial = unsafe { &mut *(parameter as *mut Dial) };
    let addr = (&raw const dial.addr).cast();
    let mut on = 1;
    if unsafe { ioctlsocket(dial.socket, FIONBIO, &mut on) } == SOCKET_ERROR {
        dial.error = unsafe { WSAGetLastError() };
        return;
    }
    if unsafe { connect(dial.socket, addr, size_of::<SOCKADDR_IN>() as i32) } == SOCKET_ERROR {
        dial.error = unsafe { WSAGetLastError() };
    }
}

pub fn dial_on(thread: HANDLE, request: &'static mut Dial) -> bool {
    unsafe { QueueUserAPC(Some(dial), thread, std::ptr::from_mut(request) as usize) != 0 }
}
