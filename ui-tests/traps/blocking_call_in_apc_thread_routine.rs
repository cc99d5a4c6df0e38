//! A function passed to CreateThread looks like an APC with one parameter, but it may block.

use std::ffi::c_void;
use std::ptr::{null, null_mut};
use windows_sys::Win32::Foundation::CloseHandle;
use windows_sys::Win32::Networking::WinSock::{accept, closesocket, INVALID_SOCKET, recv, send, SOCKET};
use windows_sys::Win32::System::Threading::CreateThread;

unsafe extern "system" fn serve(parameter: *mut c_void) -> u32 {
    let listener = parameter as SOCKET;
    loop {
        let client = unsafe { accept(listener, null_mut(), null_mut()) };
        if client == INVALID_SOCKET {
            return 0;
        }
        let mut buf = [0u8; 256];
        unsafe {
            let n = recv(client, buf.as_mut_ptr(), 256, 0);
            if n > 0 {
                send(client, buf.as_ptr(), n, 0);
            }
            closesocket(client);
        }
    }
}

pub fn start(listener: SOCKET) -> bool {
    let thread = unsafe { CreateThread(null(), 0, Some(serve), listener as *const c_void, 0, null_mut()) };
    if thread.is_null() {
        return false;
    }
    unsafe { CloseHandle(thread) };
    true
}
