//! AcceptEx fills its address buffer when a client comes, but the buffer is local.

use std::io;
use std::mem::zeroed;
use windows_sys::Win32::Foundation::ERROR_IO_PENDING;
use windows_sys::Win32::Networking::WinSock::{AcceptEx, SOCKADDR_STORAGE, SOCKET};
use windows_sys::Win32::System::IO::OVERLAPPED;

const ADDR_LEN: u32 = size_of::<SOCKADDR_STORAGE>() as u32 + 16;

#[repr(C)]
pub struct AcceptOp {
    overlapped: OVERLAPPED,
    addresses: [u8; 2 * ADDR_LEN as usize],
}

pub unsafe fn post_accept(listener: SOCKET, client: SOCKET) -> io::Result<*mut AcceptOp> {
    let op = Box::into_raw(Box::new(AcceptOp { overlapped: zeroed(), addresses: zeroed() }));
    let mut addresses = [0u8; 2 * ADDR_LEN as usize];
    let buffer = addresses.as_mut_ptr().cast();
    let mut received = 0;
    if AcceptEx(listener, client, buffer, 0, ADDR_LEN, ADDR_LEN, &mut received, op.cast()) == 0 { //~ overlapped_freed_early
        let err = io::Error::last_os_error();
        if err.raw_os_error() != Some(ERROR_IO_PENDING as i32) {
            drop(Box::from_raw(op));
            return Err(err);
        }
    }
    Ok(op)
}
