//! `break 'outer` leaves the accept loop behind the close.

use windows_sys::Win32::Networking::WinSock::{self, INVALID_SOCKET, SOCKET};

pub fn run(listener: SOCKET) -> u32 {
    let mut served = 0;
    'outer: loop {
        let client = unsafe { WinSock::accept(listener, std::ptr::null_mut(), std::ptr::null_mut()) };
        if client == INVALID_SOCKET {
            break;
        }
        let mut byte = 0u8;
        while unsafe { WinSock::recv(client, &raw mut byte, 1, 0) } == 1 {
            if byte == b'q' {
                unsafe { WinSock::closesocket(client) };
                break 'outer;
            }
        }
        unsafe { WinSock::closesocket(client) };
        served += 1;
    }
    served
}
