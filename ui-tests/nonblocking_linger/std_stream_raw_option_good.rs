//! A std TcpStream is blocking again before SO_LINGER is set on its raw socket; std's drop closes it.

use std::io::{self, Read};
use std::net::TcpStream;
use std::os::windows::io::AsRawSocket;
use winapi::um::winsock2::{LINGER, SO_LINGER, SOCKET, SOL_SOCKET, setsockopt};

macro_rules! syscall {
    ($fn:ident ( $($arg:expr),* $(,)? )) => {{
        match unsafe { $fn($($arg),*) } {
            0 => Ok(()),
            _ => Err(io::Error::last_os_error()),
        }
    }};
}

fn set_linger(stream: &TcpStream, secs: u16) -> io::Result<()> {
    let option = LINGER { l_onoff: 1, l_linger: secs };
    syscall!(setsockopt(stream.as_raw_socket() as SOCKET, SOL_SOCKET, SO_LINGER, (&raw const option).cast(), size_of::<LINGER>() as i32))
}

/// Reads what is there already, and closes.
pub fn hang_up(addr: &str) -> io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(addr)?;
    let mut rest = Vec::new();
    stream.set_nonblocking(true)?;
    let read = stream.read_to_end(&mut rest);
    stream.set_nonblocking(false)?;
    set_linger(&stream, 4)?;
    match read {
        Ok(_) => Ok(rest),
        Err(e) if e.kind() == io::ErrorKind::WouldBlock => Ok(rest),
        Err(e) => Err(e),
    }
}
