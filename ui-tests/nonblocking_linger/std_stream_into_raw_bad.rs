//! A std stream is made nonblocking and given up; its raw socket then lingers.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::os::windows::io::IntoRawSocket;
use windows_sys::Win32::Networking::WinSock::{closesocket, LINGER, setsockopt, SO_LINGER, SOCKET, SOL_SOCKET};

pub fn last_words(addr: &str, text: &[u8]) -> io::Result<usize> {
    let mut stream = TcpStream::connect(addr)?;
    stream.set_nonblocking(true)?;
    let mut early = [0u8; 32];
    let n = stream.read(&mut early).unwrap_or(0);
    stream.write_all(text)?;
    let s = stream.into_raw_socket() as SOCKET;
    let linger = LINGER { l_onoff: 1, l_linger: 5 };
    unsafe {
        setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), size_of::<LINGER>() as i32);
        closesocket(s); //~ nonblocking_linger
    }
    Ok(n)
}
