//! TransmitFile sends the data, and shutdown comes before closesocket.

use std::ptr::{null, null_mut};
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::{accept, closesocket, INVALID_SOCKET, SD_BOTH, shutdown, SOCKET, TransmitFile};

fn accept_one(listener: SOCKET) -> Option<SOCKET> {
    let s = unsafe { accept(listener, null_mut(), null_mut()) };
    (s != INVALID_SOCKET).then_some(s)
}

pub fn send_file_to_next(listener: SOCKET, file: HANDLE) -> bool {
    let Some(client) = accept_one(listener) else {
        return false;
    };
    let done = unsafe { TransmitFile(client, file, 0, 0, null_mut(), null(), 0) } != 0;
    unsafe { shutdown(client, SD_BOTH) };
    unsafe { closesocket(client) };
    done
}
