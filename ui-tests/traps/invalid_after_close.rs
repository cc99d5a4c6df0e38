//! INVALID_SOCKET in the field says closed, and every method asks.

use windows_sys::Win32::Networking::WinSock::*;

pub struct Session {
    socket: SOCKET,
}

impl Session {
    pub fn send(&mut self, data: &[u8]) -> bool {
        if self.socket == INVALID_SOCKET {
            return false;
        }
        if unsafe { send(self.socket, data.as_ptr(), data.len() as i32, 0) } == SOCKET_ERROR {
            self.close();
            return false;
        }
        true
    }

    pub fn close(&mut self) {
        if self.socket != INVALID_SOCKET {
            unsafe {
                shutdown(self.socket, SD_BOTH);
                closesocket(self.socket);
            }
            self.socket = INVALID_SOCKET;
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.close();
    }
}
