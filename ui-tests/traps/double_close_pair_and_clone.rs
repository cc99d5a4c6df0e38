//! Two descriptors of one connection, and a loop over both ends: each number is closed once.

use std::io;
use std::net::TcpStream;
use std::os::windows::io::{AsSocket, IntoRawSocket, OwnedSocket};
use windows_sys::Win32::Networking::WinSock::{INVALID_SOCKET, SOCKET, accept, closesocket};

/// Two connections that belong together.
pub struct Pair {
    ends: [SOCKET; 2],
}

impl Pair {
    pub unsafe fn accept(listener: SOCKET) -> Option<Pair> {
        let mut ends = [INVALID_SOCKET; 2];
        for i in 0..ends.len() {
            let s = accept(listener, std::ptr::null_mut(), std::ptr::null_mut());
            if s == INVALID_SOCKET {
                if i == 1 {
                    closesocket(ends[0]);
                }
                return None;
            }
            ends[i] = s;
        }
        Some(Pair { ends })
    }
}

impl Drop for Pair {
    fn drop(&mut self) {
        for s in self.ends {
            unsafe { closesocket(s) };
        }
    }
}

/// The clone is another descriptor, so both closes are due.
pub fn close_both(stream: TcpStream) -> io::Result<[i32; 2]> {
    let clone: OwnedSocket = stream.as_socket().try_clone_to_owned()?;
    let first = unsafe { closesocket(stream.into_raw_socket() as SOCKET) };
    let second = unsafe { closesocket(clone.into_raw_socket() as SOCKET) };
    Ok([first, second])
}
