//! `as_raw_socket` feeds a second owner while the first one lives on.

use socket2::Socket;
use std::io;
use std::net::UdpSocket;
use std::os::windows::io::{AsRawSocket, FromRawSocket};

pub fn with_big_buffer(udp: UdpSocket) -> io::Result<Socket> {
    let socket = unsafe { Socket::from_raw_socket(udp.as_raw_socket()) }; //~ double_close
    socket.set_recv_buffer_size(4 << 20)?;
    Ok(socket)
}
