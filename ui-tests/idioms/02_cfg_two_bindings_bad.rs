//! Two bindings of one name under cfg; Windows closes after the owner took the descriptor.

use std::io;
use std::net::TcpListener;
#[cfg(unix)]
use std::os::fd::{FromRawFd, IntoRawFd};
#[cfg(windows)]
use std::os::windows::io::{FromRawSocket, IntoRawSocket};
#[cfg(windows)]
use windows_sys::Win32::Networking::WinSock::closesocket;

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
        #[cfg(windows)]
        unsafe {
            closesocket(raw as usize); //~ double_close
        }
        return Err(e);
    }
    Ok(listener)
}
