//! Overlapped sends and receives whose memory cannot go too early.
//!
//! An overlapped call returns at once, and Winsock goes on reading or writing the data, the
//! `OVERLAPPED` structure and the rest until the operation completes. Neither `closesocket` nor
//! `CancelIoEx` ends that: they initiate a cancellation that completes later (O11, O12; section
//! "Remarks"). An [`Operation`] owns all of that memory from the call to the completion. It hands the
//! buffer back when the operation has completed, and when it is dropped before, it cancels and *waits*.
//! Forgetting one leaks the memory, and frees nothing. The socket is kept too, so that no close runs
//! between.
//!
//! ```
//! use std::sync::Arc;
//! use socket_lifecycle::overlapped::{Operation, Outcome};
//! # use socket_lifecycle::{Family, Socket, Winsock};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let _winsock = Winsock::start()?;
//! # let listener = Socket::stream(Family::V4)?;
//! # listener.bind(([127, 0, 0, 1], 0).into())?;
//! # listener.listen(1)?;
//! # let near = Socket::stream(Family::V4)?;
//! # near.connect(listener.local_addr()?)?;
//! # let (far, _) = listener.accept()?;
//! let near = Arc::new(near);
//! let receive = Operation::receive(near.clone(), vec![0; 512])?;
//! let send = Operation::send(near, b"a request")?.wait();
//! assert_eq!(send.outcome, Outcome::Completed(9));
//!
//! # let mut request = [0; 9];
//! # far.recv(&mut request)?;
//! far.send(b"an answer")?;
//! let receive = receive.wait();
//! assert_eq!(receive.outcome, Outcome::Completed(9));
//! assert_eq!(&receive.buffer[..9], b"an answer");
//! # Ok(())
//! # }
//! ```
//!
//! Whoever waits for many operations at once associates the sockets with a [`CompletionPort`].
//!
//! Completion routines are not offered: what runs inside one must not make a blocking call (O29), and no
//! type can see to that. No wait of this crate is alertable, so none is interrupted by one either.

mod buffer;
mod operation;
mod port;
mod request;

pub use self::buffer::{ReceiveBuffer, SendBuffer};
pub use self::operation::{Completion, Operation, Outcome, PostError};
pub use self::port::{AssociateError, Associated, CompletionPort, Packet};
pub use self::request::OperationId;
