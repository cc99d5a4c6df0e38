//! The std stream reads the receipt before its raw socket is closed hard.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::os::windows::io::IntoRawSocket;
use windows_sys::Win32::Networking::WinSock::{LINGER, SO_LINGER, SOCKET, SOL_SOCKET, closesocket as close, setsockopt};

pub fn post(addr: &str, record: &[u8]) -> io::Result<()> {
    let mut stream = TcpStream::connect(addr)?;
    let mut token = [0u8; 8];
    stream.read_exact(&mut token)?;
    stream.write_all(&token)?;
    stream.write_all(record)?;
    let mut receipt = [0u8; 1];
    stream.read_exact(&mut receipt)?;
    let s = stream.into_raw_socket() as SOCKET;
    let linger = LINGER { l_onoff: 1, l_linger: 0 };
    unsafe {
        setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), size_of_val(&linger) as i32);
        close(s);
    }
    Ok(())
}
