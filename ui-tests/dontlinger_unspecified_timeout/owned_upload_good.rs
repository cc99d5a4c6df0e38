//! A helper opens the socket into an OwnedSocket, and SO_DONTLINGER is set by the bytes of a one before std gets the stream.

use std::io;
use std::net::TcpStream;
use std::os::windows::io::{AsRawSocket, FromRawSocket, OwnedSocket};
use windows_sys::Win32::Networking::WinSock::{self as ws, SOCKET};

fn stream_socket() -> io::Result<OwnedSocket> {
    let s = unsafe { ws::socket(ws::AF_INET as i32, ws::SOCK_STREAM, ws::IPPROTO_TCP) };
    if s == ws::INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    Ok(unsafe { OwnedSocket::from_raw_socket(s as _) })
}

pub fn open_upload(addr: ws::SOCKADDR_IN) -> io::Result<TcpStream> {
    let owned = stream_socket()?;
    let s = owned.as_raw_socket() as SOCKET;
    let name = std::ptr::addr_of!(addr).cast();
    if unsafe { ws::connect(s, name, size_of::<ws::SOCKADDR_IN>() as i32) } != 0 {
        return Err(io::Error::last_os_error());
    }
    let value = [1u8, 0, 0, 0];
    let 0 = (unsafe { ws::setsockopt(s, ws::SOL_SOCKET, ws::SO_DONTLINGER, value.as_ptr(), 4) }) else {
        return Err(io::Error::last_os_error());
    };
    let stream = TcpStream::from(owned);
    stream.set_nodelay(true)?;
    Ok(stream)
}
