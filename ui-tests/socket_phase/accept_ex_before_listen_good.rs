//! AcceptEx is posted after listen.

use std::io;
use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{AcceptEx, AF_INET, bind, closesocket, INVALID_SOCKET, listen, SOCK_STREAM, SOCKADDR_IN, SOCKET, socket, WSA_IO_PENDING, WSAGetLastError};
use windows_sys::Win32::System::IO::OVERLAPPED;

const HALF: u32 = size_of::<SOCKADDR_IN>() as u32 + 16;

#[repr(C)]
pub struct AcceptOp {
    pub overlapped: OVERLAPPED,
    pub addresses: [u8; 2 * HALF as usize],
}

/// The caller keeps `op` until the accept is complete.
pub unsafe fn open_and_post(addr: &SOCKADDR_IN, op: *mut AcceptOp) -> io::Result<(SOCKET, SOCKET)> {
    let listener = socket(AF_INET as i32, SOCK_STREAM, 0);
    if listener == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let client = socket(AF_INET as i32, SOCK_STREAM, 0);
    if client == INVALID_SOCKET {
        let err = io::Error::last_os_error();
        closesocket(listener);
        return Err(err);
    }
    let posted = bind(listener, (&raw const *addr).cast(), size_of::<SOCKADDR_IN>() as i32) == 0
        && listen(listener, 1) == 0
        && (AcceptEx(listener, client, (&raw mut (*op).addresses).cast(), 0, HALF, HALF, null_mut(), op.cast()) != 0
            || WSAGetLastError() == WSA_IO_PENDING);
    if !posted {
        let err = io::Error::last_os_error();
        closesocket(client);
        closesocket(listener);
        return Err(err);
    }
    Ok((listener, client))
}
