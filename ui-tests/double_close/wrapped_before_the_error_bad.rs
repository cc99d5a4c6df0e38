//! The socket already belongs to a socket2 owner when the error closure closes it.

use socket2::{Domain, Protocol, SockAddr, Socket, Type};
use std::io;
use std::net::SocketAddr;
use std::os::windows::io::AsRawSocket;
use windows_sys::Win32::Networking::WinSock::{closesocket, SOCKET};

pub fn listener(addr: SocketAddr) -> io::Result<Socket> {
    let socket = Socket::new(Domain::for_address(addr), Type::STREAM, Some(Protocol::TCP))?;
    socket.bind(&SockAddr::from(addr)).map_err(|err| {
        unsafe { closesocket(socket.as_raw_socket() as SOCKET) }; //~ double_close
        err
    })?;
    socket.listen(128)?;
    Ok(socket)
}
