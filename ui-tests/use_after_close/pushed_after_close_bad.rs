//! A client over the limit is closed, and the table takes its number anyway.

use windows_sys::Win32::Networking::WinSock::{accept, closesocket, INVALID_SOCKET, SOCKET};

pub unsafe fn gather(listener: SOCKET, limit: usize, clients: &mut Vec<SOCKET>) {
    loop {
        let client = accept(listener, std::ptr::null_mut(), std::ptr::null_mut());
        if client == INVALID_SOCKET {
            return;
        }
        if clients.len() >= limit {
            closesocket(client);
        }
        clients.push(client); //~ use_after_close
    }
}
