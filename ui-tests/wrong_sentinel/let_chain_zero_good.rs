//! The let-chain asks for INVALID_SOCKET.

use winapi::um::winsock2::{accept, closesocket, SOCKET};
use winapi::um::winsock2::INVALID_SOCKET;

pub fn accept_if(listener: Option<SOCKET>, max: usize, open: &mut Vec<SOCKET>) -> bool {
    if let Some(listener) = listener
        && let client = unsafe { accept(listener, std::ptr::null_mut(), std::ptr::null_mut()) }
        && client != INVALID_SOCKET
    {
        if open.len() < max {
            open.push(client);
            return true;
        }
        unsafe { closesocket(client) };
    }
    false
}
