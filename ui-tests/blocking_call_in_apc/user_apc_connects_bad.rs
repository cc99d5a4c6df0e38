//! A function queued with QueueUserAPC connects a blocking socket.

use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::{connect, SOCKADDR_IN, SOCKET, SOCKET_ERROR, WSAGetLastError};
use windows_sys::Win32::System::Threading::QueueUserAPC;

pub struct Dial {
    pub socket: SOCKET,
    pub addr: SOCKADDR_IN,
    pub error: i32,
}

unsafe extern "system" fn dial(parameter: usize) {
    let dial = unsafe { &mut *(parameter as *mut Dial) };
    let addr = (&raw const dial.addr).cast();
    if unsafe { connect(dial.socket, addr, size_of::<SOCKADDR_IN>() as i32) } == SOCKET_ERROR { //~ blocking_call_in_apc
        dial.error = unsafe { WSAGetLastError() };
    }
}

pub fn dial_on(thread: HANDLE, request: &'static mut Dial) -> bool {
    unsafe { QueueUserAPC(Some(dial), thread, std::ptr::from_mut(request) as usize) != 0 }
}
