//! The routine starts a thread, and that thread, not the APC, resolves the name.

use std::net::ToSocketAddrs;
use std::ptr::null_mut;
use std::sync::mpsc::Sender;
use std::thread;
use windows_sys::Win32::Networking::WinSock::{freeaddrinfo, getaddrinfo, SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSARecv};
use windows_sys::Win32::System::IO::OVERLAPPED;

#[repr(C)]
pub struct Query {
    overlapped: OVERLAPPED,
    name: [u8; 256],
    known: Sender<bool>,
}

unsafe extern "system" fn name_read(error: u32, bytes: u32, overlapped: *mut OVERLAPPED, _: u32) {
    let query = unsafe { &*overlapped.cast::<Query>() };
    if error != 0 || bytes as usize >= query.name.len() {
        let _ = query.known.send(false);
        return;
    }
    let (name, known) = (query.name, query.known.clone());
    thread::spawn(move || {
        let mut list = null_mut();
        let found = unsafe { getaddrinfo(name.as_ptr(), std::ptr::null(), std::ptr::null(), &mut list) } == 0;
        if found {
            unsafe { freeaddrinfo(list) };
        }
        let local = ("localhost", 0).to_socket_addrs().is_ok();
        let _ = known.send(found && local);
    });
}

/// `query` must live until the answer has come.
pub unsafe fn ask(s: SOCKET, query: *mut Query) -> bool {
    let data = WSABUF { len: 255, buf: (&raw mut (*query).name).cast() };
    let mut flags = 0;
    let r = WSARecv(s, &data, 1, null_mut(), &mut flags, query.cast(), Some(name_read));
    r == 0 || WSAGetLastError() == WSA_IO_PENDING
}
