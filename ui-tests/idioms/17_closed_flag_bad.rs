//! A `closed` flag is set too late: a datagram is sent on the closed socket.

use windows_sys::Win32::Networking::WinSock::{closesocket, sendto, SOCKADDR_IN, SOCKET};

pub fn flush(s: SOCKET, to: &SOCKADDR_IN, frames: &[&[u8]]) -> usize {
    let mut closed = false;
    let mut sent = 0;
    for frame in frames {
        if frame.is_empty() && !closed {
            unsafe { closesocket(s) };
            closed = true;
        } else {
            let n = unsafe { sendto(s, frame.as_ptr(), frame.len() as i32, 0, std::ptr::from_ref(to).cast(), 16) }; //~ use_after_close
            sent += usize::from(n >= 0);
        }
    }
    if !closed {
        unsafe { closesocket(s) };
    }
    sent
}
