//! `stop` copies the descriptor, closes it through the Option, and asks the copy how much is unread.

use windows_sys::Win32::Networking::WinSock::{
    AF_INET, FIONREAD, INVALID_SOCKET, SOCK_DGRAM, SOCKADDR_IN, SOCKET, bind, closesocket, ioctlsocket, recv, socket,
};

pub struct Listener {
    socket: Option<SOCKET>,
    pub seen: usize,
}

fn unread(s: SOCKET) -> u32 {
    let mut n = 0;
    unsafe { ioctlsocket(s, FIONREAD, &raw mut n) };
    n
}

impl Listener {
    pub fn start(addr: &SOCKADDR_IN) -> Option<Listener> {
        let s = unsafe { socket(AF_INET.into(), SOCK_DGRAM, 0) };
        if s == INVALID_SOCKET {
            return None;
        }
        if unsafe { bind(s, (&raw const *addr).cast(), size_of_val(addr) as i32) } != 0 {
            let _ = unsafe { closesocket(s) };
            return None;
        }
        Some(Listener { socket: Some(s), seen: 0 })
    }

    pub fn next(&mut self, buf: &mut [u8]) -> Option<usize> {
        let s = self.socket?;
        let n = unsafe { recv(s, buf.as_mut_ptr(), buf.len() as i32, 0) };
        self.seen += usize::from(n > 0);
        (n >= 0).then_some(n as usize)
    }

    /// Closes; returns the number of bytes nobody read.
    pub fn stop(&mut self) -> u32 {
        let Some(s) = self.socket else { return 0 };
        if let Some(open) = self.socket.take() {
            let _ = unsafe { closesocket(open) };
        }
        let lost = unread(s); //~ use_after_close
        println!("socket {s}: {lost} bytes lost");
        lost
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        if let Some(s) = self.socket.take() {
            let _ = unsafe { closesocket(s) };
        }
    }
}
