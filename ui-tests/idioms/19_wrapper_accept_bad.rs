//! A wrapper named accept hides the failure value; its caller asks for 0.

use winapi::um::winsock2 as wsa;

pub unsafe fn accept(listener: wsa::SOCKET) -> wsa::SOCKET {
    wsa::accept(listener, std::ptr::null_mut(), std::ptr::null_mut())
}

pub unsafe fn close(s: wsa::SOCKET) -> i32 {
    wsa::closesocket(s)
}

pub fn refuse_one(listener: wsa::SOCKET) -> bool {
    let client = unsafe { accept(listener) };
    if client == 0 { //~ wrong_sentinel
        return false;
    }
    unsafe { close(client) == 0 }
}
