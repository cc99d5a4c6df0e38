//! A method of an impl is held to its own contract.

use winapi::um::winsock2::{SOCKET, closesocket, shutdown};

use socket_lifecycle::socket_lifecycle;

pub trait Release {
    #[socket_lifecycle(closes(s))]
    fn release(&self, s: SOCKET);
}

pub struct Quiet;

impl Release for Quiet {
    #[socket_lifecycle(closes(s))] //~ broken_contract
    fn release(&self, s: SOCKET) {
        unsafe { shutdown(s, 1) };
    }
}
