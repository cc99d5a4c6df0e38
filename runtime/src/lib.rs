//! Owned Winsock sockets, and a model of Winsock that runs anywhere.
//!
//! [`Socket`] closes when it is dropped, and [`Socket::close`] reports: a close that would block
//! gives the socket back, still open. [`Linger`] says what a close does with data that is still
//! queued, and [`Winsock`] keeps Winsock started.
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
//! page of [`closesocket`] to the letter. The documentation names its statements by number, O1 to O33,
//! in the page's order.
//!
//! [`closesocket`]: https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-closesocket

mod addr;
mod error;
mod linger;
pub mod overlapped;
pub mod raw;
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
