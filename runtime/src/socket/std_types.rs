//! To and from std's types, on Windows.

use std::net::{TcpListener, TcpStream};
use std::os::windows::io::{
    AsRawSocket, AsSocket, BorrowedSocket, FromRawSocket, IntoRawSocket, OwnedSocket, RawSocket,
};

use super::Socket;

// `SOCKET` and `RawSocket` are different types of the same width, that of a pointer.

impl AsRawSocket for Socket {
    fn as_raw_socket(&self) -> RawSocket {
        self.as_raw() as RawSocket
    }
}

impl IntoRawSocket for Socket {
    fn into_raw_socket(self) -> RawSocket {
        self.into_raw() as RawSocket
    }
}

impl FromRawSocket for Socket {
    unsafe fn from_raw_socket(socket: RawSocket) -> Socket {
        // SAFETY: the caller hands over a socket that is open and nobody else's.
        unsafe { Socket::from_raw(socket as usize) }
    }
}

impl AsSocket for Socket {
    fn as_socket(&self) -> BorrowedSocket<'_> {
        // SAFETY: the socket is open for as long as this value lives.
        unsafe { BorrowedSocket::borrow_raw(self.as_raw_socket()) }
    }
}

/// Hands ownership from one type to the other, in both directions (O13).
macro_rules! convert {
    ($($other:ty),*) => {
        $(
            impl From<$other> for Socket {
                fn from(other: $other) -> Socket {
                    // SAFETY: an owner hands over its open socket.
                    unsafe { Socket::from_raw_socket(other.into_raw_socket()) }
                }
            }

            impl From<Socket> for $other {
                fn from(socket: Socket) -> $other {
                    // SAFETY: an owner hands over its open socket.
                    unsafe { <$other>::from_raw_socket(socket.into_raw_socket()) }
                }
            }
        )*
    };
}

convert!(OwnedSocket, TcpStream, TcpListener);
