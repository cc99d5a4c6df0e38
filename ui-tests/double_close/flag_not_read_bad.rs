//! The `closed` flag is set but never asked.

use winapi::um::winsock2::{closesocket, recv, shutdown, SD_BOTH, SOCKET};

pub unsafe fn read_greeting(s: SOCKET, buf: &mut [u8]) -> Option<usize> {
    let mut closed = false;
    let n = recv(s, buf.as_mut_ptr().cast(), buf.len() as i32, 0);
    if n <= 0 {
        closesocket(s);
        closed = true;
    } else if buf[0] == b'5' {
        shutdown(s, SD_BOTH);
    }
    closesocket(s); //~ double_close
    (!closed).then_some(n as usize)
}
