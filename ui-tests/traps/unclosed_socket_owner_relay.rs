//! The descriptor goes through four owners (socket2, raw, std, tokio), and each hands it to the next.

use std::io;
use std::net::SocketAddr;
use std::os::windows::io::{FromRawSocket, IntoRawSocket, RawSocket};
use windows_sys::Win32::Networking::WinSock::{SO_UPDATE_CONNECT_CONTEXT, SOCKET, SOL_SOCKET, setsockopt};

fn update_context(raw: RawSocket) -> io::Result<()> {
    let rc = unsafe { setsockopt(raw as SOCKET, SOL_SOCKET, SO_UPDATE_CONNECT_CONTEXT, std::ptr::null(), 0) };
    if rc == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

struct Raw(RawSocket);

impl From<socket2::Socket> for Raw {
    fn from(s: socket2::Socket) -> Raw {
        Raw(s.into_raw_socket())
    }
}

impl Raw {
    fn into_std(self) -> std::net::TcpStream {
        unsafe { std::net::TcpStream::from_raw_socket(self.0) }
    }
}

pub async fn connect(to: SocketAddr) -> io::Result<tokio::net::TcpStream> {
    let socket = socket2::Socket::new(socket2::Domain::for_address(to), socket2::Type::STREAM, None)?;
    socket.connect(&to.into())?;
    let std = Raw::from(socket).into_std();
    std.set_nonblocking(true)?;
    let stream = tokio::net::TcpStream::from_std(std)?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

pub fn accept_context(raw: RawSocket) -> io::Result<Vec<u8>> {
    update_context(raw)?;
    Ok(Vec::new())
}
