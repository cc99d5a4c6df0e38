//! `continue` keeps the closed client out of the table.

use windows_sys::Win32::Networking::WinSock::{accept, closesocket, INVALID_SOCKET, SOCKET};

pub unsafe fn gather(listener: SOCKET, limit: usize, clients: &mut Vec<SOCKET>) {
    loop {
        let client = accept(listener, std::ptr::null_mut(), std::ptr::null_mut());
        if client == INVALID_SOCKET {
            return;
        }
        if clients.len() >= limit {
            closesocket(client);
            continue;
        }
        clients.push(client);
    }
}
