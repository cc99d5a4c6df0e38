//! The result of a lingering close is passed on as what it is, whether the descriptor has been released.

use std::io;
use windows_sys::Win32::Networking::WinSock::{LINGER, SO_LINGER, SOCKET, SOCKET_ERROR, SOL_SOCKET, WSAGetLastError, closesocket, setsockopt};

#[derive(Debug)]
pub enum CloseError {
    Option(io::Error),
    StillOpen(SOCKET, io::Error),
}

fn os() -> io::Error {
    io::Error::from_raw_os_error(unsafe { WSAGetLastError() })
}

/// Waits up to `seconds` for unsent data, then releases the descriptor. Says nothing about what the peer has received.
pub unsafe fn release(s: SOCKET, seconds: u16) -> Result<(), CloseError> {
    let option = LINGER { l_onoff: 1, l_linger: seconds.max(1) };
    if setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const option).cast(), size_of::<LINGER>() as i32) == SOCKET_ERROR {
        return Err(CloseError::Option(os()));
    }
    if closesocket(s) == SOCKET_ERROR {
        return Err(CloseError::StillOpen(s, os()));
    }
    Ok(())
}

pub unsafe fn release_all(sockets: &mut Vec<SOCKET>) -> usize {
    let before = sockets.len();
    sockets.retain(|&s| release(s, 3).is_err());
    before - sockets.len()
}
