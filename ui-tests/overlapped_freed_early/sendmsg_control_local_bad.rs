//! WSASendMsg: message, name and data are the operation's, but the control buffer is local.

use std::io;
use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{SOCKADDR_IN, SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSAMSG, WSASendMsg};
use windows_sys::Win32::System::IO::OVERLAPPED;

#[repr(C, align(8))]
#[derive(Clone, Copy)]
pub struct Control([u8; 32]);

#[repr(C)]
pub struct SendOp {
    overlapped: OVERLAPPED,
    msg: WSAMSG,
    to: SOCKADDR_IN,
    data: WSABUF,
    payload: [u8; 1200],
}

/// # Safety
/// `op` lives until the port has returned it.
pub unsafe fn post_send(s: SOCKET, op: *mut SendOp, pktinfo: &[u8; 32]) -> io::Result<()> {
    let mut control = Control(*pktinfo);
    (*op).data = WSABUF { len: 1200, buf: (&raw mut (*op).payload).cast() };
    (*op).msg = WSAMSG {
        name: (&raw mut (*op).to).cast(),
        namelen: size_of::<SOCKADDR_IN>() as i32,
        lpBuffers: &raw mut (*op).data,
        dwBufferCount: 1,
        Control: WSABUF { len: 32, buf: control.0.as_mut_ptr() },
        dwFlags: 0,
    };
    match WSASendMsg(s, &raw const (*op).msg, 0, null_mut(), &raw mut (*op).overlapped, None) { //~ overlapped_freed_early
        0 => Ok(()),
        _ => match WSAGetLastError() {
            WSA_IO_PENDING => Ok(()),
            code => Err(io::Error::from_raw_os_error(code)),
        },
    }
}
