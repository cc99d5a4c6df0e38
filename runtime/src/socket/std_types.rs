//! To and from std's types, on Windows.

use std::{
    net::{TcpListener, TcpStream, UdpSocket},
    os::windows::io::{self as std_io, AsRawSocket, FromRawSocket, IntoRawSocket, RawSocket},
};

use super::{AsSocket, BorrowedSocket, Socket};
use crate::track;

// `SOCKET` and `RawSocket` are different types of the same width, that of a pointer.

impl AsRawSocket for Socket {
    fn as_raw_socket(&self) -> RawSocket {
        self.as_raw() as RawSocket
    }
}

impl IntoRawSocket for Socket {
    fn into_raw_socket(self) -> RawSocket {
        let socket = self.into_unseen();
        socket as RawSocket
    }
}

impl Socket {
    /// Hands the descriptor to an owner whose close will not be seen here.
    fn into_unseen(self) -> usize {
        let serial = self.serial;
        let socket = self.into_raw();
        track::forget(socket, serial);
        socket
    }
}

impl FromRawSocket for Socket {
    #[track_caller]
    unsafe fn from_raw_socket(socket: RawSocket) -> Socket {
        // SAFETY: the caller hands over a socket that is open and nobody else's.
        unsafe { Socket::from_raw(socket as usize) }
    }
}

impl std_io::AsSocket for Socket {
    fn as_socket(&self) -> std_io::BorrowedSocket<'_> {
        self.lend().into()
    }
}

impl std_io::AsSocket for BorrowedSocket<'_> {
    fn as_socket(&self) -> std_io::BorrowedSocket<'_> {
        (*self).into()
    }
}

impl AsRawSocket for BorrowedSocket<'_> {
    fn as_raw_socket(&self) -> RawSocket {
        self.as_raw() as RawSocket
    }
}

impl<T: std_io::AsSocket> AsSocket for T {
    fn as_socket(&self) -> BorrowedSocket<'_> {
        std_io::AsSocket::as_socket(self).into()
    }
}

impl<'a> From<std_io::BorrowedSocket<'a>> for BorrowedSocket<'a> {
    fn from(socket: std_io::BorrowedSocket<'a>) -> BorrowedSocket<'a> {
        // SAFETY: it is open for as long.
        unsafe { BorrowedSocket::borrow_raw(socket.as_raw_socket() as usize) }
    }
}

impl<'a> From<BorrowedSocket<'a>> for std_io::BorrowedSocket<'a> {
    fn from(socket: BorrowedSocket<'a>) -> std_io::BorrowedSocket<'a> {
        // SAFETY: it is open for as long.
        unsafe { std_io::BorrowedSocket::borrow_raw(socket.as_raw_socket()) }
    }
}

/// Hands ownership from one type to the other, in both directions (O13).
macro_rules! convert {
    ($($other:ty),*) => {
        $(
            impl From<$other> for Socket {
                #[track_caller]
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

convert!(std_io::OwnedSocket, TcpStream, TcpListener, UdpSocket);
