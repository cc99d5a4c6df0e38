//! A checked close takes the descriptor out of the owner, for three kinds of owner.

use std::io;
use std::net::{Shutdown, TcpStream};
use std::os::windows::io::{IntoRawSocket, OwnedSocket, RawSocket};
use winapi::um::winsock2::{SOCKET, closesocket};

fn close_checked<T: IntoRawSocket>(owner: T) -> io::Result<()> {
    let raw: RawSocket = owner.into_raw_socket();
    match unsafe { closesocket(raw as SOCKET) } {
        0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}

pub fn finish(stream: TcpStream) -> io::Result<()> {
    stream.shutdown(Shutdown::Write)?;
    close_checked(stream)
}

pub fn finish_all(sockets: Vec<OwnedSocket>) -> io::Result<usize> {
    let mut n = 0;
    sockets.into_iter().map(close_checked).try_for_each(|r| {
        n += 1;
        r
    })?;
    Ok(n)
}

pub fn replace(slot: &mut Option<socket2::Socket>, with: socket2::Socket) -> io::Result<()> {
    slot.replace(with).map_or(Ok(()), close_checked)
}
