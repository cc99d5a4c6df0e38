//! Two bindings of one name under cfg; the owner alone closes.

use std::io;
use std::net::TcpListener;
#[cfg(unix)]
use std::os::fd::{FromRawFd, IntoRawFd};
#[cfg(windows)]
use std::os::windows::io::{FromRawSocket, IntoRawSocket};

pub fn rewrap(listener: TcpListener) -> io::Result<TcpListener> {
    #[cfg(windows)]
    let raw = listener.into_raw_socket();
    #[cfg(unix)]
    let raw = listener.into_raw_fd();

    #[cfg(windows)]
    let listener = unsafe { TcpListener::from_raw_socket(raw) };
    #[cfg(unix)]
    let listener = unsafe { TcpListener::from_raw_fd(raw) };

    if let Err(e) = listener.set_nonblocking(true) {
        drop(listener);
        return Err(e);
    }
    Ok(listener)
}
