//! The read loop closes on end of stream, and the code after the loop shuts the closed socket down.

use windows_sys::Win32::Networking::WinSock as ws;

pub fn pump(s: ws::SOCKET, mut sink: impl FnMut(&[u8])) {
    let mut buf = [0u8; 2048];
    'read: loop {
        let n = unsafe { ws::recv(s, buf.as_mut_ptr(), buf.len() as i32, 0) };
        match n {
            n if n > 0 => sink(&buf[..n as usize]),
            0 => {
                unsafe { ws::closesocket(s) };
                break 'read;
            }
            _ => break 'read,
        }
    }
    unsafe { ws::shutdown(s, ws::SD_BOTH) }; //~ use_after_close
}
