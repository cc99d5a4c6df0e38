//! A trait and a type of the program have methods of the old names.

use windows_sys::Win32::Networking::WinSock::{SD_BOTH, SOCKET, shutdown};

#[allow(non_snake_case)]
pub trait BlockingCall {
    fn WSAIsBlocking(&self) -> bool;
    fn WSACancelBlockingCall(&mut self) -> bool;
}

pub struct Connection {
    socket: SOCKET,
    waiting: bool,
}

impl BlockingCall for Connection {
    fn WSAIsBlocking(&self) -> bool {
        self.waiting
    }

    fn WSACancelBlockingCall(&mut self) -> bool {
        self.waiting = false;
        unsafe { shutdown(self.socket, SD_BOTH) == 0 }
    }
}

pub fn interrupt(connection: &mut dyn BlockingCall) -> bool {
    connection.WSAIsBlocking() && connection.WSACancelBlockingCall()
}
