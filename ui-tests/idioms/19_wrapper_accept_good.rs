//! A wrapper named accept passes the failure value on; its caller asks for that.

use winapi::um::winsock2 as wsa;

pub unsafe fn accept(listener: wsa::SOCKET) -> wsa::SOCKET {
    wsa::accept(listener, std::ptr::null_mut(), std::ptr::null_mut())
}

pub unsafe fn close(s: wsa::SOCKET) -> i32 {
    wsa::closesocket(s)
}

pub fn refuse_one(listener: wsa::SOCKET) -> bool {
    let client = unsafe { accept(listener) };
    if client == wsa::INVALID_SOCKET {
        return false;
    }
    unsafe { close(client) == 0 }
}
