//! The socket is closed after the thread scope, whose end waits for the uploader.

use std::io;
use std::thread;

mod c {
    pub use windows_sys::Win32::Networking::WinSock::{
        closesocket, connect, recv, send, socket, AF_INET, INVALID_SOCKET, IPPROTO_TCP, SOCKADDR_IN, SOCKET, SOCKET_ERROR, SOCK_STREAM,
    };
}

fn cvt(res: i32) -> io::Result<i32> {
    if res == c::SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(res) }
}

fn dial(peer: &c::SOCKADDR_IN) -> io::Result<c::SOCKET> {
    let s = unsafe { c::socket(c::AF_INET as i32, c::SOCK_STREAM, c::IPPROTO_TCP) };
    if s == c::INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    if let Err(e) = cvt(unsafe { c::connect(s, (&raw const *peer).cast(), size_of::<c::SOCKADDR_IN>() as i32) }) {
        unsafe { c::closesocket(s) };
        return Err(e);
    }
    Ok(s)
}

/// Sends all chunks and reads the peer's one-byte status at the same time.
pub fn exchange(peer: &c::SOCKADDR_IN, chunks: &[Vec<u8>]) -> io::Result<u8> {
    let s = dial(peer)?;
    let mut status = [0u8];
    let res = thread::scope(|scope| {
        scope.spawn(|| {
            for chunk in chunks {
                if cvt(unsafe { c::send(s, chunk.as_ptr(), chunk.len() as i32, 0) }).is_err() {
                    return;
                }
            }
        });
        cvt(unsafe { c::recv(s, status.as_mut_ptr(), 1, 0) })
    });
    unsafe { c::closesocket(s) };
    res?;
    Ok(status[0])
}
