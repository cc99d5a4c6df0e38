//! An owner made in an inner block closes the socket at the block's end.

use std::io::{self, Write};
use std::net::TcpStream;
use std::os::windows::io::{FromRawSocket, RawSocket};
use windows_sys::Win32::Networking::WinSock::{self, SOCKET};

pub fn greet(raw: RawSocket) -> io::Result<()> {
    {
        let mut stream = unsafe { TcpStream::from_raw_socket(raw) };
        stream.write_all(b"220 ready\r\n")?;
    }
    if unsafe { WinSock::shutdown(raw as SOCKET, WinSock::SD_SEND) } != 0 { //~ use_after_close
        return Err(io::Error::last_os_error());
    }
    Ok(())
}
