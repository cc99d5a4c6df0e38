//! Winsock's functions under their own names and signatures.
//!
//! On Windows each is the call to Ws2_32 and nothing else; elsewhere it is the call to the calling
//! thread's [model](crate::model). The types and constants are those of windows-sys.

#![expect(non_snake_case, reason = "the functions have Winsock's names")]

pub use windows_sys::Win32::Networking::WinSock::{
    AF_INET, AF_INET6, FIONBIO, INVALID_SOCKET, LINGER, SD_BOTH, SD_RECEIVE, SD_SEND,
    SO_DONTLINGER, SO_LINGER, SOCK_STREAM, SOCKADDR, SOCKET, SOCKET_ERROR, SOL_SOCKET, WSADATA,
    WSAPOLLFD, WSAPROTOCOL_INFOW,
};

use crate::sys;

/// Winsock has one contract for its functions, and says the rest on each one's page.
macro_rules! pass_through {
    ($($(#[$doc:meta])* fn $name:ident($($arg:ident: $ty:ty),*) -> $result:ty;)*) => {
        $(
            $(#[$doc])*
            ///
            /// # Safety
            /// Pointers are null where the function's page allows it, and else valid for as many
            /// bytes or elements as the length that goes with them says.
            #[inline]
            pub unsafe fn $name($($arg: $ty),*) -> $result {
                // SAFETY: the caller keeps the same contract.
                unsafe { sys::$name($($arg),*) }
            }
        )*
    };
}

pass_through! {
    /// Starts Winsock (O2). Returns the error code itself.
    fn WSAStartup(version: u16, data: *mut WSADATA) -> i32;
    /// Ends what one `WSAStartup` started (O2).
    fn WSACleanup() -> i32;
    /// The calling thread's last error (O1).
    fn WSAGetLastError() -> i32;
    /// Sets the calling thread's last error (O1).
    fn WSASetLastError(code: i32) -> ();
    /// Opens a socket, or returns `INVALID_SOCKET`; a `closesocket` must match it (O13).
    fn socket(family: i32, kind: i32, protocol: i32) -> SOCKET;
    /// Opens a socket, or returns `INVALID_SOCKET`; a `closesocket` must match it (O13).
    fn WSASocketW(
        family: i32,
        kind: i32,
        protocol: i32,
        info: *const WSAPROTOCOL_INFOW,
        group: u32,
        flags: u32
    ) -> SOCKET;
    /// Opens a socket for a connection that waits, or returns `INVALID_SOCKET`; a `closesocket` must
    /// match it (O13).
    fn accept(s: SOCKET, name: *mut SOCKADDR, len: *mut i32) -> SOCKET;
    /// Closes a socket (O1 to O25).
    fn closesocket(s: SOCKET) -> i32;
    /// Gives a socket its address.
    fn bind(s: SOCKET, name: *const SOCKADDR, len: i32) -> i32;
    /// Makes a socket wait for connections.
    fn listen(s: SOCKET, backlog: i32) -> i32;
    /// Connects a socket.
    fn connect(s: SOCKET, name: *const SOCKADDR, len: i32) -> i32;
    /// Sends on a connection; what it queues is what a close may lose (O20 to O24).
    fn send(s: SOCKET, buffer: *const u8, len: i32, flags: i32) -> i32;
    /// Receives on a connection; fails with `WSAECONNRESET` when the peer closed hard (O21).
    fn recv(s: SOCKET, buffer: *mut u8, len: i32, flags: i32) -> i32;
    /// Ends one or both directions of a connection, before `closesocket` (O27).
    fn shutdown(s: SOCKET, how: i32) -> i32;
    /// Sets the mode of a socket, with `FIONBIO` (O23).
    fn ioctlsocket(s: SOCKET, command: i32, argument: *mut u32) -> i32;
    /// Sets an option, for instance `SO_LINGER` (O14 to O18).
    fn setsockopt(s: SOCKET, level: i32, name: i32, value: *const u8, len: i32) -> i32;
    /// Reads an option, for instance `SO_LINGER` (O26).
    fn getsockopt(s: SOCKET, level: i32, name: i32, value: *mut u8, len: *mut i32) -> i32;
    /// The socket's own address.
    fn getsockname(s: SOCKET, name: *mut SOCKADDR, len: *mut i32) -> i32;
    /// The peer's address.
    fn getpeername(s: SOCKET, name: *mut SOCKADDR, len: *mut i32) -> i32;
    /// Waits until a socket is ready.
    fn WSAPoll(sockets: *mut WSAPOLLFD, len: u32, timeout: i32) -> i32;
}
