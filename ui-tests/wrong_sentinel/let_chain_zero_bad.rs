//! A let-chain takes 0 for the failure of `accept`.

use winapi::um::winsock2::{accept, closesocket, SOCKET};

pub fn accept_if(listener: Option<SOCKET>, max: usize, open: &mut Vec<SOCKET>) -> bool {
    if let Some(listener) = listener
        && let client = unsafe { accept(listener, std::ptr::null_mut(), std::ptr::null_mut()) }
        && client != 0 //~ wrong_sentinel
    {
        if open.len() < max {
            open.push(client);
            return true;
        }
        unsafe { closesocket(client) };
    }
    false
}
