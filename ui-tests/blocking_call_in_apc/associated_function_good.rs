//! The routine is an associated function and posts the next receive.

use std::io;
use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{recvfrom, SOCKADDR_STORAGE, SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSARecvFrom};
use windows_sys::Win32::System::IO::OVERLAPPED;

#[repr(C)]
pub struct Port {
    overlapped: OVERLAPPED,
    socket: SOCKET,
    from: SOCKADDR_STORAGE,
    from_len: i32,
    buf: [u8; 2048],
    datagrams: u64,
    error: Option<io::Error>,
}

impl Port {
    /// The port must stay where it is until `error` is set.
    pub unsafe fn post(this: *mut Port) -> io::Result<()> {
        unsafe {
            let data = WSABUF { len: 2048, buf: (&raw mut (*this).buf).cast() };
            let mut flags = 0;
            (*this).from_len = size_of::<SOCKADDR_STORAGE>() as i32;
            let (from, from_len) = ((&raw mut (*this).from).cast(), &raw mut (*this).from_len);
            match WSARecvFrom((*this).socket, &data, 1, null_mut(), &mut flags, from, from_len, &raw mut (*this).overlapped, Some(Self::on_datagram)) {
                0 => Ok(()),
                _ if WSAGetLastError() == WSA_IO_PENDING => Ok(()),
                _ => Err(io::Error::last_os_error()),
            }
        }
    }

    unsafe extern "system" fn on_datagram(error: u32, _bytes: u32, overlapped: *mut OVERLAPPED, _flags: u32) {
        unsafe {
            let this = overlapped.cast::<Port>();
            if error != 0 {
                (*this).error = Some(io::Error::from_raw_os_error(error as i32));
                return;
            }
            (*this).datagrams += 1;
            if let Err(err) = Self::post(this) {
                (*this).error = Some(err);
            }
        }
    }
}
