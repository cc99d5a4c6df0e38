//! An owner put in ManuallyDrop is never taken out again.

use std::io;
use std::mem::ManuallyDrop;
use std::net::{TcpStream, ToSocketAddrs};
use std::os::windows::io::AsRawSocket;
use windows_sys::Win32::Networking::WinSock::{getsockopt, SO_ERROR, SOCKET, SOL_SOCKET};

pub fn reachable(addr: impl ToSocketAddrs) -> io::Result<bool> {
    let stream = ManuallyDrop::new(TcpStream::connect(addr)?); //~ unclosed_socket
    let mut kind = 0i32;
    let mut len = size_of::<i32>() as i32;
    let res = unsafe { getsockopt(stream.as_raw_socket() as SOCKET, SOL_SOCKET, SO_ERROR, (&raw mut kind).cast(), &mut len) };
    Ok(res == 0 && kind == 0)
}
