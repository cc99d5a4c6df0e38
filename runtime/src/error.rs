//! Winsock's error codes under names.

use std::{fmt, io};

use windows_sys::Win32::Networking::WinSock as ws;

/// One list of the codes that have a name, so that the two directions of the
/// conversion cannot disagree.
macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $code:ident: $text:literal,)*) => {
        /// What went wrong, by Winsock's error code.
        ///
        /// Every code that the reference of `closesocket` lists has a name here (O2 to O7), as
        /// has every code that the calls of this crate commonly meet. The rest is
        /// [`ErrorKind::Other`]. The page's section is "Return value".
        #[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ErrorKind {
            $($(#[$doc])* $name,)*
            /// A code without a name here.
            Other(i32),
        }

        impl ErrorKind {
            /// The kinds that have a name.
            pub const NAMED: &'static [ErrorKind] = &[$(ErrorKind::$name,)*];

            /// The kind of a code of `WSAGetLastError` (O1).
            pub fn from_code(code: i32) -> ErrorKind {
                match code {
                    $(ws::$code => ErrorKind::$name,)*
                    code => ErrorKind::Other(code),
                }
            }

            /// The code, as `WSAGetLastError` gives it (O1).
            pub fn code(self) -> i32 {
                match self {
                    $(ErrorKind::$name => ws::$code,)*
                    ErrorKind::Other(code) => code,
                }
            }

            /// The name of the code in `winsock2.h`.
            pub fn name(self) -> Option<&'static str> {
                match self {
                    $(ErrorKind::$name => Some(stringify!($code)),)*
                    ErrorKind::Other(_) => None,
                }
            }

            fn text(self) -> &'static str {
                match self {
                    $(ErrorKind::$name => $text,)*
                    ErrorKind::Other(_) => "Winsock error",
                }
            }
        }
    };
}

kinds! {
    /// `WSANOTINITIALISED`: no successful `WSAStartup` came before (O2).
    NotInitialised = WSANOTINITIALISED: "Winsock is not started",
    /// `WSAENETDOWN`: the network subsystem has failed (O3).
    NetworkDown = WSAENETDOWN: "the network subsystem has failed",
    /// `WSAENOTSOCK`: the descriptor is not a socket (O4).
    NotSocket = WSAENOTSOCK: "the descriptor is not a socket",
    /// `WSAEINPROGRESS`: a blocking Winsock 1.1 call or a callback is in progress (O5).
    InProgress = WSAEINPROGRESS: "a blocking Winsock 1.1 call or a callback is in progress",
    /// `WSAEINTR`: the blocking call was cancelled (O6).
    Interrupted = WSAEINTR: "the blocking call was cancelled",
    /// `WSAEWOULDBLOCK`: the call cannot be completed at once. From `closesocket` it means that
    /// the socket is still open and no disconnect was initiated (O7, O23).
    WouldBlock = WSAEWOULDBLOCK: "the call cannot be completed at once",
    /// `WSA_OPERATION_ABORTED`: the overlapped operation was cancelled by a close (O11).
    Aborted = WSA_OPERATION_ABORTED: "the overlapped operation was cancelled",
    /// `WSAECONNRESET`: the peer closed hard (O21).
    ConnectionReset = WSAECONNRESET: "the connection was reset by the peer",
    /// `WSAECONNABORTED`: the connection was ended on this side.
    ConnectionAborted = WSAECONNABORTED: "the connection was aborted",
    /// `WSAECONNREFUSED`: nobody listens at the address.
    ConnectionRefused = WSAECONNREFUSED: "the connection was refused",
    /// `WSAETIMEDOUT`: the time allowed ran out.
    TimedOut = WSAETIMEDOUT: "the time allowed ran out",
    /// `WSAENOTCONN`: the socket is not connected.
    NotConnected = WSAENOTCONN: "the socket is not connected",
    /// `WSAEISCONN`: the socket is already connected.
    AlreadyConnected = WSAEISCONN: "the socket is already connected",
    /// `WSAESHUTDOWN`: that direction was shut down.
    ShutDown = WSAESHUTDOWN: "that direction of the socket was shut down",
    /// `WSAEINVAL`: an argument, or the socket's phase, does not allow the call.
    InvalidArgument = WSAEINVAL: "an argument or the socket's phase does not allow the call",
    /// `WSAEFAULT`: a pointer or length argument is not usable.
    Fault = WSAEFAULT: "a pointer or length argument is not usable",
    /// `WSAEADDRINUSE`: another socket is bound to the address.
    AddressInUse = WSAEADDRINUSE: "the address is in use",
    /// `WSAEADDRNOTAVAIL`: the address is not one of this machine's.
    AddressNotAvailable = WSAEADDRNOTAVAIL: "the address is not available",
    /// `WSAEAFNOSUPPORT`: the address family does not fit.
    FamilyNotSupported = WSAEAFNOSUPPORT: "the address family is not supported",
    /// `WSAESOCKTNOSUPPORT`: the socket type is not supported.
    TypeNotSupported = WSAESOCKTNOSUPPORT: "the socket type is not supported",
    /// `WSAENOPROTOOPT`: the option is unknown.
    UnknownOption = WSAENOPROTOOPT: "the socket option is unknown",
    /// `WSAEOPNOTSUPP`: the socket does not support the call.
    NotSupported = WSAEOPNOTSUPP: "the socket does not support the call",
    /// `WSAEMSGSIZE`: the datagram is larger than the buffer, or than the transport carries.
    MessageTooLong = WSAEMSGSIZE: "the datagram is too long",
    /// `WSAENOBUFS`: no buffer space is available.
    NoBuffers = WSAENOBUFS: "no buffer space is available",
    /// `WSAEACCES`: the address or the option is not permitted.
    AccessDenied = WSAEACCES: "access is denied",
    /// `WSAENETUNREACH`: no route leads to the network.
    NetworkUnreachable = WSAENETUNREACH: "the network cannot be reached",
    /// `WSAEHOSTUNREACH`: no route leads to the host.
    HostUnreachable = WSAEHOSTUNREACH: "the host cannot be reached",
    /// `WSAEALREADY`: an earlier `connect` of the socket is in progress.
    AlreadyInProgress = WSAEALREADY: "an earlier operation is still in progress",
    /// `WSA_IO_PENDING`: the overlapped operation completes later (O11, O12).
    Pending = WSA_IO_PENDING: "the overlapped operation completes later",
    /// `WSA_IO_INCOMPLETE`: the overlapped operation has not completed yet (O12).
    Incomplete = WSA_IO_INCOMPLETE: "the overlapped operation has not completed yet",
    /// `WSAEMFILE`: no more descriptors are available.
    TooManySockets = WSAEMFILE: "no more socket descriptors are available",
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => write!(f, "{} ({name})", self.text()),
            None => write!(f, "{} {}", self.text(), self.code()),
        }
    }
}

/// A Winsock call that failed.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Error {
    call: &'static str,
    kind: ErrorKind,
}

impl Error {
    pub(crate) fn new(call: &'static str, kind: ErrorKind) -> Error {
        Error { call, kind }
    }

    /// The calling thread's last error, taken directly after `call` failed: any Winsock call in
    /// between would overwrite it (O1).
    pub(crate) fn last(call: &'static str) -> Error {
        Error::new(call, ErrorKind::from_code(crate::sys::last_error()))
    }

    /// What went wrong.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Winsock's error code (O1).
    pub fn code(&self) -> i32 {
        self.kind.code()
    }

    /// The Winsock function that failed.
    pub fn call(&self) -> &'static str {
        self.call
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.call, self.kind)
    }
}

impl std::error::Error for Error {}

impl From<Error> for io::Error {
    #[cfg(windows)]
    fn from(error: Error) -> io::Error {
        io::Error::from_raw_os_error(error.code())
    }

    /// The kinds that std gives the codes on Windows. `WSAEINTR` is none that std's loops repeat.
    #[cfg(not(windows))]
    fn from(error: Error) -> io::Error {
        let kind = match error.kind {
            ErrorKind::WouldBlock => io::ErrorKind::WouldBlock,
            ErrorKind::NetworkDown => io::ErrorKind::NetworkDown,
            ErrorKind::ConnectionReset => io::ErrorKind::ConnectionReset,
            ErrorKind::ConnectionAborted => io::ErrorKind::ConnectionAborted,
            ErrorKind::ConnectionRefused => io::ErrorKind::ConnectionRefused,
            ErrorKind::TimedOut => io::ErrorKind::TimedOut,
            ErrorKind::NotConnected => io::ErrorKind::NotConnected,
            ErrorKind::InvalidArgument => io::ErrorKind::InvalidInput,
            ErrorKind::AddressInUse => io::ErrorKind::AddrInUse,
            ErrorKind::AddressNotAvailable => io::ErrorKind::AddrNotAvailable,
            ErrorKind::AccessDenied => io::ErrorKind::PermissionDenied,
            ErrorKind::HostUnreachable => io::ErrorKind::HostUnreachable,
            ErrorKind::NetworkUnreachable => io::ErrorKind::NetworkUnreachable,
            ErrorKind::Aborted => io::ErrorKind::TimedOut,
            _ => io::ErrorKind::Other,
        };
        io::Error::new(kind, error)
    }
}
