//! Two owners of one descriptor exist, but one of them is a ManuallyDrop that never closes.

use std::io;
use std::mem::ManuallyDrop;
use std::ops::Deref;
use std::os::windows::io::{AsRawSocket, BorrowedSocket, FromRawSocket, OwnedSocket};

/// A socket2::Socket seen through any socket's borrow.
pub struct SockRef<'a> {
    socket: ManuallyDrop<socket2::Socket>,
    _life: std::marker::PhantomData<BorrowedSocket<'a>>,
}

impl<'a> From<BorrowedSocket<'a>> for SockRef<'a> {
    fn from(s: BorrowedSocket<'a>) -> Self {
        let socket = unsafe { socket2::Socket::from_raw_socket(s.as_raw_socket()) };
        SockRef { socket: ManuallyDrop::new(socket), _life: std::marker::PhantomData }
    }
}

impl Deref for SockRef<'_> {
    type Target = socket2::Socket;

    fn deref(&self) -> &socket2::Socket {
        &self.socket
    }
}

/// Opens a socket for multicast; the owner closes it, the views do not.
pub fn multicast(ttl: u32) -> io::Result<OwnedSocket> {
    use std::os::windows::io::AsSocket;

    let owned: OwnedSocket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::DGRAM, None)?.into();
    {
        let view = SockRef::from(owned.as_socket());
        view.set_multicast_ttl_v4(ttl)?;
        view.set_reuse_address(true)?;
    }
    let again = ManuallyDrop::new(unsafe { std::net::UdpSocket::from_raw_socket(owned.as_raw_socket()) });
    again.set_multicast_loop_v4(false)?;
    Ok(owned)
}
