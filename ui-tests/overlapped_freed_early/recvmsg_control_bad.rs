//! WSARecvMsg with the caller's OVERLAPPED: message, control data and name are locals of the starter.

use std::io;
use std::ptr::addr_of_mut;
use windows_sys::Win32::Networking::WinSock::{
    LPFN_WSARECVMSG, SOCKADDR_INET, SOCKET, SOCKET_ERROR, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSAMSG,
};
use windows_sys::Win32::System::IO::OVERLAPPED;

pub struct Message {
    pub header: WSAMSG,
    pub name: SOCKADDR_INET,
    pub control: [u8; 128],
    pub data: WSABUF,
}

impl Message {
    fn empty() -> Message {
        unsafe { std::mem::zeroed() }
    }
}

pub enum Started {
    Pending,
    Done(u32),
}

/// # Safety
/// What is passed stays where it is until the operation completes.
pub unsafe fn recv_msg(f: LPFN_WSARECVMSG, s: SOCKET, data: &mut [u8], overlapped: *mut OVERLAPPED) -> io::Result<Started> {
    let f = f.ok_or(io::ErrorKind::Unsupported)?;
    let mut message = Message::empty();
    let msg = addr_of_mut!(message);
    (*msg).data = WSABUF { len: data.len() as u32, buf: data.as_mut_ptr() };
    (*msg).header.name = addr_of_mut!((*msg).name).cast();
    (*msg).header.namelen = size_of::<SOCKADDR_INET>() as i32;
    (*msg).header.lpBuffers = addr_of_mut!((*msg).data);
    (*msg).header.dwBufferCount = 1;
    (*msg).header.Control = WSABUF { len: 128, buf: addr_of_mut!((*msg).control).cast() };
    let mut n = 0;
    let rc = f(s, addr_of_mut!((*msg).header), &mut n, overlapped, None); //~ overlapped_freed_early
    if rc != SOCKET_ERROR {
        return Ok(Started::Done(n));
    }
    match WSAGetLastError() {
        WSA_IO_PENDING => Ok(Started::Pending),
        code => Err(io::Error::from_raw_os_error(code)),
    }
}
