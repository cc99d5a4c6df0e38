//! Owned Winsock sockets, and a model of Winsock that runs anywhere.
//!
//! Unfinished: so far there are the error codes, the linger option and the [`model`]; the owned
//! socket, the start-up token and tracking are still to come.

mod addr;
mod error;
mod linger;
pub mod model;
mod sys;

pub use error::{Error, ErrorKind};
pub use linger::{Linger, LingerError};
