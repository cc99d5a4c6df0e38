//! The predicate handed to syscall! for ioctlsocket says that all but zero is the failure.

use std::io;
use std::os::windows::io::{AsRawSocket, FromRawSocket, OwnedSocket, RawSocket};
use windows_sys::Win32::Networking::WinSock::{FIONBIO, INVALID_SOCKET, SOCKET, accept, ioctlsocket};

macro_rules! syscall {
    ($fn:ident($($arg:expr),* $(,)?), $test:path, $value:expr) => {{
        let result = unsafe { $fn($($arg),*) };
        if $test(&result, &$value) { Err(io::Error::last_os_error()) } else { Ok(result) }
    }};
}

/// Accepts one connection and makes it nonblocking.
pub fn accept_nonblocking(listener: &impl AsRawSocket) -> io::Result<OwnedSocket> {
    let listener = listener.as_raw_socket() as SOCKET;
    let raw = syscall!(accept(listener, std::ptr::null_mut(), std::ptr::null_mut()), PartialEq::eq, INVALID_SOCKET)?;
    let owned = unsafe { OwnedSocket::from_raw_socket(raw as RawSocket) };
    let mut mode = true as u32;
    syscall!(ioctlsocket(raw, FIONBIO, &mut mode), PartialEq::ne, 0)?;
    Ok(owned)
}

/// The same until `want` connections are there.
pub fn accept_many(listener: &impl AsRawSocket, want: usize) -> io::Result<Vec<OwnedSocket>> {
    let mut all = Vec::new();
    while all.len() < want {
        all.push(accept_nonblocking(listener)?);
    }
    Ok(all)
}
