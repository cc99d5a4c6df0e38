//! The Winsock that this crate's calls go to: two backends with the same functions.
//!
//! On Windows it is [`ws2_32`]. Elsewhere it is the [`model`], through functions of the same names and
//! signatures, so that nothing above this module knows which one it is.

pub mod model;
#[cfg(windows)]
mod ws2_32;

#[cfg(not(windows))]
pub(crate) use self::model::ffi::*;
#[cfg(windows)]
pub(crate) use self::ws2_32::*;

/// The calling thread's last error (O1).
pub(crate) fn last_error() -> i32 {
    // SAFETY: it takes no argument and has no precondition.
    unsafe { WSAGetLastError() }
}
