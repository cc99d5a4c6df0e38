//! The abstract interpreter: what happens to every socket on every path.
//!
//! A body is interpreted block by block, in reverse postorder, over a set of
//! *disjuncts*: states of distinct paths. Where paths meet, a state is
//! normalized (dead scalars forgotten, ids renumbered, garbage dropped) and
//! equal states are one. Calls of analysed functions and closures are
//! interpreted in the part of the caller's state that the callee can reach;
//! the result is memoized per entry state, so that a function costs once per
//! distinct situation it is called in, not once per call. A call forks only
//! when its outcome is examined ([`assume`]).
//!
//! A worked example. For
//!
//! ```ignore
//! let s = socket(AF_INET, SOCK_STREAM, 0);
//! if s == INVALID_SOCKET { return Err(last_os_error()); }
//! if bind(s, addr, len) == SOCKET_ERROR { return Err(last_os_error()); }
//! Ok(s)
//! ```
//!
//! `s` holds `Sock(#0)`, unchecked and ours to close. The first branch splits
//! the state in one where #0 is not a socket and one where it is. `bind`
//! yields a symbol that remembers the call; the second branch decides its
//! outcome. At the second `return` nothing reaches #0 any more, it is open and
//! ours: `unclosed_socket`, with the steps on that state's trail as its path.
//! At `Ok(s)` the return place reaches #0: handed on.
//!
//! | file | what |
//! | --- | --- |
//! | [`value`], [`state`] | the domain: values, symbols, operations, trails |
//! | [`sock`], [`course`] | one socket: its options, its type, phase and traffic |
//! | [`engine`] | worklist, memo, calls into bodies, budgets |
//! | [`cfg`], [`shape`] | what is asked of a body's graph |
//! | [`exec`] | statements, places, rvalues |
//! | [`assume`] | terminators and branch conditions |
//! | [`calls`], [`methods`], [`builtins`] | what a call calls; std's functions |
//! | [`winsock`] | the effects of the model's rows |
//! | [`overlapped`] | operations: what they pin, how they complete |
//! | [`steps`] | what calls ask of a socket's phase, and how they advance it |
//! | [`closing`] | closes: what is wrong with one, and what is concluded from its result |
//! | [`contracts`] | what `#[socket_lifecycle]` states of functions |
//! | [`startup`] | WSAStartup and WSACleanup, per path |
//! | [`threads`] | other threads and asynchronous procedures |
//! | [`drops`] | drop glue, ends of storage, lost sockets |
//! | [`events`] | findings and proofs |

// An attempt hands the whole state back when it does not apply; boxing it would cost more than it saves.
#![allow(clippy::result_large_err)]

mod assume;
mod builtins;
mod calls;
mod cfg;
mod closing;
mod contracts;
mod course;
mod drops;
mod engine;
mod events;
mod exec;
mod methods;
mod overlapped;
mod roots;
mod shape;
mod sock;
mod startup;
mod state;
mod steps;
mod threads;
mod value;
mod winsock;

pub use roots::analyze;
