//! `self.close()` comes last.

use windows_sys::Win32::Networking::WinSock::{closesocket, send, SOCKET, socket};

pub struct Control {
    socket: SOCKET,
}

impl Control {
    fn close(&mut self) {
        unsafe { closesocket(self.socket) };
    }

    pub fn quit(&mut self) -> bool {
        let sent = unsafe { send(self.socket, b"QUIT\r\n".as_ptr(), 6, 0) == 6 };
        self.close();
        sent
    }
}
