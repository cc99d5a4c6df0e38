//! winapi: AcceptEx failed for another reason than ERROR_IO_PENDING, so its box may go at once.

use std::mem::zeroed;
use winapi::shared::winerror::ERROR_IO_PENDING;
use winapi::um::errhandlingapi::GetLastError;
use winapi::um::minwinbase::OVERLAPPED;
use winapi::um::mswsock::AcceptEx;
use winapi::um::winsock2::SOCKET;

#[repr(C)]
pub struct Accepting {
    overlapped: OVERLAPPED,
    client: SOCKET,
    addresses: [[u8; 32]; 2],
}

/// The thread that reads the port gets the box back.
pub unsafe fn post(listener: SOCKET, client: SOCKET) -> Result<(), (u32, SOCKET)> {
    let op = Box::into_raw(Box::new(Accepting { overlapped: zeroed(), client, addresses: zeroed() }));
    let addresses = std::ptr::addr_of_mut!((*op).addresses).cast();
    let mut n = 0;
    let ok = AcceptEx(listener, client, addresses, 0, 32, 32, &mut n, op.cast());
    let failure = match ok {
        0 => Some(GetLastError()).filter(|&code| code != ERROR_IO_PENDING),
        _ => None,
    };
    if let Some(code) = failure {
        let op = Box::from_raw(op);
        return Err((code, op.client));
    }
    Ok(())
}
