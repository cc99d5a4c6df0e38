//! Winsock sockets with an owner that closes them, and a model of Winsock that runs anywhere.
//!
//! - [`Socket`] closes when it is dropped, and [`Socket::close`] reports: a close that would block gives
//!   the socket back, still open. [`Socket::close_graceful`] says whether the peer got everything.
//!   [`BorrowedSocket`] is one that somebody else closes.
//! - [`Linger`] says what a close does with data that is still queued, and [`Winsock`] keeps Winsock
//!   started.
//! - [`Operation`] is an overlapped send or receive that owns its memory until it has completed.
//! - [`track`] knows, in builds for finding mistakes, what was opened where and never closed.
//! - [`raw`] has Winsock's functions under their own names, for code that keeps its descriptors as numbers.
//!
//! ```
//! use socket_lifecycle::{Family, Linger, Socket, Winsock};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let _winsock = Winsock::start()?;
//! let listener = Socket::stream(Family::V4)?;
//! listener.bind(([127, 0, 0, 1], 0).into())?;
//! listener.listen(1)?;
//!
//! let socket = Socket::stream(Family::V4)?;
//! socket.connect(listener.local_addr()?)?;
//! socket.set_linger(Linger::Off)?;
//! socket.close()?;
//! # Ok(())
//! # }
//! ```
//!
//! On Windows the calls go to Ws2_32. Elsewhere they go to the [`model`], which follows the reference
//! page of [`closesocket`] to the letter: it connects what is in this process, and nothing else, so it is
//! there to test code with, not to reach other machines. The documentation names the page's statements by
//! number, O1 to O33, in its order.
//!
//! [`closesocket`]: https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-closesocket

mod addr;
mod error;
mod linger;
pub mod overlapped;
pub mod raw;
#[doc(hidden)]
pub mod route;
mod socket;
mod startup;
mod sys;
pub mod track;

pub use error::{Error, ErrorKind};
pub use linger::{Linger, LingerError, SetLingerError};
pub use overlapped::{CompletionPort, Operation};
pub use socket::{
    AsSocket, BorrowedSocket, CloseError, Family, Graceful, Mode, SetNonblockingError, Socket,
};
#[cfg(feature = "macros")]
pub use socket_lifecycle_macros::socket_lifecycle;
pub use startup::Winsock;
pub use sys::model;

/// Its examples are tests too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
