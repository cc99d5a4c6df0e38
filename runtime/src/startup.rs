//! The token that stands for a `WSAStartup` that succeeded, and the sockets that need it.

use std::{
    collections::BTreeMap,
    mem::ManuallyDrop,
    sync::{Mutex, MutexGuard, PoisonError},
};

use windows_sys::Win32::Networking::WinSock::{SOCKET, WSADATA, WSAVERNOTSUPPORTED};

use crate::sys::Instance;
use crate::{Error, ErrorKind};

const VERSION: u16 = 0x0202;

/// What this crate has of each Winsock: on Windows there is one.
///
/// Starts and stops go one at a time, under this lock. Winsock counts them itself, but not every provider
/// does so without a race: Wine 8's count is a plain integer, and one lost start makes a later stop close
/// every socket of the process.
static USES: Mutex<BTreeMap<usize, Uses>> = Mutex::new(BTreeMap::new());

#[derive(Default)]
struct Uses {
    /// How many [`Socket`](crate::Socket)s there are.
    sockets: usize,
    /// Tokens that are gone, whose `WSACleanup` waits for the sockets.
    owed: Vec<Instance>,
}

fn uses() -> MutexGuard<'static, BTreeMap<usize, Uses>> {
    USES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// An owner for a socket came to be.
pub(crate) fn owned(socket: SOCKET) {
    uses().entry(Instance::key_of(socket)).or_default().sockets += 1;
}

/// And is no more.
pub(crate) fn disowned(socket: SOCKET) {
    let mut uses = uses();
    let key = Instance::key_of(socket);
    let Some(here) = uses.get_mut(&key) else {
        return;
    };
    here.sockets -= 1;
    if here.sockets == 0 {
        for instance in std::mem::take(&mut here.owed) {
            // Nobody is there to be told.
            let _ = instance.cleanup();
        }
        uses.remove(&key);
    }
}

/// Winsock, started. Dropping it calls `WSACleanup`.
///
/// A successful `WSAStartup` must come before any other call, which fails with `WSANOTINITIALISED`
/// otherwise (O2; section "Return value"). The calls are counted, so that parts and threads of a program may
/// each hold a token of their own.
///
/// The last `WSACleanup` would close every socket, and the numbers could come back for other sockets
/// while their owners still hold them. So as long as there is a [`Socket`](crate::Socket), the `WSACleanup` of a
/// token that is dropped waits: the last socket to go makes it.
#[derive(Debug)]
#[must_use = "Winsock is cleaned up when the token is dropped"]
pub struct Winsock(Instance);

impl Winsock {
    /// `WSAStartup` for version 2.2.
    ///
    /// # Errors
    /// What `WSAStartup` returned: the code is its result, not the last error (O2).
    pub fn start() -> Result<Winsock, Error> {
        let instance = Instance::current();
        let mut data = WSADATA::default();
        let code = {
            let _order = uses();
            instance.startup(VERSION, &mut data)
        };
        if code != 0 {
            return Err(Error::new("WSAStartup", ErrorKind::from_code(code)));
        }
        let token = Winsock(instance);
        // An older Winsock succeeds too, and says what it can do.
        if data.wVersion != VERSION {
            return Err(Error::new(
                "WSAStartup",
                ErrorKind::from_code(WSAVERNOTSUPPORTED),
            ));
        }
        Ok(token)
    }

    /// `WSACleanup`, with its result; success, if it waits for sockets.
    ///
    /// # Errors
    /// What `WSACleanup` failed with, for instance [`ErrorKind::NetworkDown`] (O3).
    pub fn stop(self) -> Result<(), Error> {
        ManuallyDrop::new(self).cleanup()
    }

    fn cleanup(&self) -> Result<(), Error> {
        let mut uses = uses();
        match uses.get_mut(&self.0.key()) {
            Some(here) if here.sockets > 0 => {
                here.owed.push(self.0.clone());
                Ok(())
            }
            _ => match self.0.cleanup() {
                0 => Ok(()),
                _ => Err(Error::last("WSACleanup")),
            },
        }
    }
}

impl Drop for Winsock {
    fn drop(&mut self) {
        // Nobody is there to be told: that is what `stop` is for.
        let _ = self.cleanup();
    }
}
