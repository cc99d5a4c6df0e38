//! `into_raw_socket` moves the descriptor from the first owner to the second.

use socket2::Socket;
use std::io;
use std::net::UdpSocket;
use std::os::windows::io::{FromRawSocket, IntoRawSocket};

pub fn with_big_buffer(udp: UdpSocket) -> io::Result<Socket> {
    let socket = unsafe { Socket::from_raw_socket(udp.into_raw_socket()) };
    socket.set_recv_buffer_size(4 << 20)?;
    Ok(socket)
}
