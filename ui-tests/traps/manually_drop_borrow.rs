//! ManuallyDrop lends std's methods to a socket that stays the caller's.

use std::io::{self, Read};
use std::mem::ManuallyDrop;
use std::net::TcpStream;
use std::os::windows::io::{FromRawSocket, RawSocket};
use std::time::Duration;

pub fn read_some(raw: RawSocket, buf: &mut [u8], timeout: Duration) -> io::Result<usize> {
    let mut stream = ManuallyDrop::new(unsafe { TcpStream::from_raw_socket(raw) });
    stream.set_read_timeout(Some(timeout))?;
    let n = stream.read(buf)?;
    stream.set_read_timeout(None)?;
    Ok(n)
}
