//! What `accept` returns is greeted unseen.

use std::ptr;
use windows_sys::Win32::Networking::WinSock as ws;

pub fn serve(listener: ws::SOCKET, banner: &'static [u8]) {
    loop {
        let client = unsafe { ws::accept(listener, ptr::null_mut(), ptr::null_mut()) };
        unsafe {
            ws::send(client, banner.as_ptr(), banner.len() as i32, 0); //~ unchecked_socket
            ws::closesocket(client);
        }
    }
}
