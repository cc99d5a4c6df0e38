//! Through `as _` twice: the number still belongs to the listener.

use std::net::TcpListener;
use std::os::windows::io::AsRawSocket;
use windows_sys::Win32::Networking::WinSock::{closesocket, LINGER, setsockopt, SO_LINGER, SOL_SOCKET};

pub fn replace(slot: &mut Option<TcpListener>, next: TcpListener) {
    if let Some(old) = slot.replace(next) {
        let raw = old.as_raw_socket();
        let off = LINGER { l_onoff: 0, l_linger: 0 };
        unsafe {
            setsockopt(raw as _, SOL_SOCKET, SO_LINGER, (&raw const off) as *const _, size_of::<LINGER>() as _);
            closesocket(raw as _); //~ double_close
        }
    }
}
