//! The current model under Winsock's names and signatures.
//!
//! Each function turns its arguments into Rust's, calls the [`Model`], and reports as Winsock does:
//! a failure value, and the code in the thread's last error. The contracts are Winsock's.

#![expect(non_snake_case, reason = "the functions have Winsock's names")]

mod handles;
mod options;
mod ready;
mod sockets;
mod transfer;

use std::{cell::Cell, time::Duration};

use windows_sys::Win32::Networking::WinSock::{SOCKET, SOCKET_ERROR, WSADATA, WSAVERNOTSUPPORTED};

use super::{Model, Outcome};
use crate::ErrorKind;

pub(crate) use self::{handles::*, options::*, ready::*, sockets::*, transfer::*};

thread_local! {
    static LAST_ERROR: Cell<i32> = const { Cell::new(0) };
}

/// Reports as a call does that returns 0 or `SOCKET_ERROR`.
fn status(outcome: Outcome<()>) -> i32 {
    report(outcome.map(|()| 0), SOCKET_ERROR)
}

/// Reports as a call does that returns a number of bytes or `SOCKET_ERROR`.
fn count(outcome: Outcome<usize>) -> i32 {
    // A length parameter is an i32, so a count is one too.
    report(outcome.map(|bytes| bytes as i32), SOCKET_ERROR)
}

/// Reports as a call does that returns whether it succeeded.
fn truth(outcome: Outcome<()>) -> i32 {
    i32::from(report(outcome.map(|()| true), false))
}

fn report<T>(outcome: Outcome<T>, failed: T) -> T {
    outcome.unwrap_or_else(|kind| {
        LAST_ERROR.set(kind.code());
        failed
    })
}

pub(crate) unsafe fn WSAGetLastError() -> i32 {
    LAST_ERROR.get()
}

pub(crate) unsafe fn WSASetLastError(code: i32) {
    LAST_ERROR.set(code);
}

/// The Winsock that a start-up starts: the calling thread's model.
#[derive(Clone, Debug)]
pub(crate) struct Instance(Model);

impl Instance {
    pub(crate) fn current() -> Instance {
        Instance(Model::current())
    }

    /// Which one it is.
    pub(crate) fn key(&self) -> usize {
        self.0.shared.range
    }

    /// Which one a descriptor is of.
    pub(crate) fn key_of(socket: SOCKET) -> usize {
        Model::of(socket).shared.range
    }

    /// Returns the code itself: there is no last error of a Winsock that is not started.
    pub(crate) fn startup(&self, version: u16, data: &mut WSADATA) -> i32 {
        const NEWEST: u16 = 0x0202;
        if version.to_le_bytes()[0] == 0 {
            return WSAVERNOTSUPPORTED;
        }
        *data = WSADATA {
            wVersion: version.min(NEWEST),
            wHighVersion: NEWEST,
            ..WSADATA::default()
        };
        match self.0.startup() {
            Ok(()) => 0,
            Err(kind) => kind.code(),
        }
    }

    pub(crate) fn cleanup(&self) -> i32 {
        status(self.0.cleanup())
    }
}

pub(crate) unsafe fn WSAStartup(version: u16, data: *mut WSADATA) -> i32 {
    // SAFETY: the caller's pointer is null or writable.
    match unsafe { data.as_mut() } {
        Some(data) => Instance::current().startup(version, data),
        None => ErrorKind::Fault.code(),
    }
}

pub(crate) unsafe fn WSACleanup() -> i32 {
    Instance::current().cleanup()
}

/// The time of the model that a descriptor or handle is of.
pub(crate) fn now(number: usize) -> Duration {
    Model::of(number).now()
}

/// Lets the time pass of the model that a descriptor or handle is of.
pub(crate) fn sleep(number: usize, time: Duration) {
    Model::of(number).sleep(time);
}

/// Whether a descriptor is the current model's, open or not.
#[cfg(any(debug_assertions, feature = "track"))]
pub(crate) fn is_ours(socket: SOCKET) -> bool {
    Model::current().gave_out(socket)
}
