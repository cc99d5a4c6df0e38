//! The token that stands for a `WSAStartup` that succeeded.

use std::{
    mem::ManuallyDrop,
    sync::{Mutex, PoisonError},
};

use windows_sys::Win32::Networking::WinSock::{WSADATA, WSAVERNOTSUPPORTED};

use crate::{Error, ErrorKind, sys};

const VERSION: u16 = 0x0202;

/// Starts and stops go one at a time. Winsock counts them itself, but not every provider does so without
/// a race: Wine 8's count is a plain integer, and one lost start makes a later stop close every socket
/// of the process.
static ORDER: Mutex<()> = Mutex::new(());

/// Winsock, started. Dropping it calls `WSACleanup`.
///
/// A successful `WSAStartup` must come before any other call, which fails with `WSANOTINITIALISED`
/// otherwise (O2; section "Return value"). The calls are counted, so that parts and threads of a program may
/// each hold a token of their own. When the last is dropped, sockets that are still open are closed
/// hard.
#[derive(Debug)]
#[must_use = "Winsock is cleaned up when the token is dropped"]
pub struct Winsock(());

impl Winsock {
    /// `WSAStartup` for version 2.2.
    ///
    /// # Errors
    /// What `WSAStartup` returned: the code is its result, not the last error (O2).
    pub fn start() -> Result<Winsock, Error> {
        let mut data = WSADATA::default();
        let code = {
            let _order = ORDER.lock().unwrap_or_else(PoisonError::into_inner);
            // SAFETY: `data` is writable.
            unsafe { sys::WSAStartup(VERSION, &mut data) }
        };
        if code != 0 {
            return Err(Error::new("WSAStartup", ErrorKind::from_code(code)));
        }
        let token = Winsock(());
        // An older Winsock succeeds too, and says what it can do.
        if data.wVersion != VERSION {
            return Err(Error::new(
                "WSAStartup",
                ErrorKind::from_code(WSAVERNOTSUPPORTED),
            ));
        }
        Ok(token)
    }

    /// `WSACleanup`, with its result.
    ///
    /// # Errors
    /// What `WSACleanup` failed with, for instance [`ErrorKind::NetworkDown`] (O3).
    pub fn stop(self) -> Result<(), Error> {
        let _ = ManuallyDrop::new(self);
        cleanup()
    }
}

impl Drop for Winsock {
    fn drop(&mut self) {
        // Nobody is there to be told: that is what `stop` is for.
        let _ = cleanup();
    }
}

fn cleanup() -> Result<(), Error> {
    let _order = ORDER.lock().unwrap_or_else(PoisonError::into_inner);
    // SAFETY: it has no precondition, and the token stood for a start that it matches.
    match unsafe { sys::WSACleanup() } {
        0 => Ok(()),
        _ => Err(Error::last("WSACleanup")),
    }
}
