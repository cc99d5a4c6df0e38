//! The owner is declared in the outer block and outlives the last call.

use std::io::{self, Write};
use std::net::TcpStream;
use std::os::windows::io::{FromRawSocket, RawSocket};
use windows_sys::Win32::Networking::WinSock::{self, SOCKET};

pub fn greet(raw: RawSocket) -> io::Result<()> {
    let mut stream = unsafe { TcpStream::from_raw_socket(raw) };
    stream.write_all(b"220 ready\r\n")?;
    if unsafe { WinSock::shutdown(raw as SOCKET, WinSock::SD_SEND) } != 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(())
}
