//! A failed `accept` ends the loop.

use std::ptr;
use windows_sys::Win32::Networking::WinSock as ws;

pub fn serve(listener: ws::SOCKET, banner: &'static [u8]) {
    loop {
        let client = unsafe { ws::accept(listener, ptr::null_mut(), ptr::null_mut()) };
        if client == ws::INVALID_SOCKET {
            break;
        }
        unsafe {
            ws::send(client, banner.as_ptr(), banner.len() as i32, 0);
            ws::closesocket(client);
        }
    }
}
