//! ConnectEx sends its buffer once connected; the formatted request belongs to the operation.

use std::io;
use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{self as ws, LPFN_CONNECTEX, SOCKADDR, SOCKET};
use windows_sys::Win32::System::IO::OVERLAPPED;

#[repr(C)]
pub struct ConnectOp {
    overlapped: OVERLAPPED,
    request: String,
}

unsafe fn load_connect_ex(s: SOCKET) -> LPFN_CONNECTEX {
    let id = ws::WSAID_CONNECTEX;
    let mut f: LPFN_CONNECTEX = None;
    let mut n = 0;
    let code = ws::SIO_GET_EXTENSION_FUNCTION_POINTER;
    ws::WSAIoctl(s, code, (&raw const id).cast(), 16, (&raw mut f).cast(), size_of_val(&f) as u32, &mut n, null_mut(), None);
    f
}

/// # Safety
/// `s` is bound; `op` and `to` live until the port has returned the operation.
pub unsafe fn request(s: SOCKET, to: *const SOCKADDR, to_len: i32, op: *mut ConnectOp, host: &str) -> io::Result<()> {
    let connect_ex = load_connect_ex(s).ok_or(io::ErrorKind::Unsupported)?;
    let text = format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
    (*op).request = text;
    let text = &(*op).request;
    let started = connect_ex(s, to, to_len, text.as_ptr().cast(), text.len() as u32, null_mut(), op.cast());
    if started == 0 {
        let code = ws::WSAGetLastError();
        if code != ws::WSA_IO_PENDING {
            return Err(io::Error::from_raw_os_error(code));
        }
    }
    Ok(())
}
