//! A scoped thread runs until the scope ends, and the close stands inside the scope.

use std::thread;
use windows_sys::Win32::Networking::WinSock as ws;

pub fn exchange(s: ws::SOCKET, request: &[u8]) -> Vec<u8> {
    let mut reply = Vec::new();
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut buf = [0u8; 1024];
            while let n @ 1.. = unsafe { ws::recv(s, buf.as_mut_ptr(), 1024, 0) } {
                reply.extend_from_slice(&buf[..n as usize]);
            }
        });
        unsafe {
            ws::send(s, request.as_ptr(), request.len() as i32, 0);
            ws::shutdown(s, ws::SD_SEND);
            ws::closesocket(s); //~ concurrent_close
        }
    });
    reply
}
