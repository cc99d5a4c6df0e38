//! The raw number of a std stream is read from while the stream lives, and error 10038 there says that something is wrong.

use std::io::{self, Write};
use std::net::{Shutdown, TcpStream};
use std::os::windows::io::{AsRawSocket, RawSocket};

mod sys {
    use std::os::windows::io::RawSocket;

    pub const E_NOT_A_SOCKET: i32 = 10038;

    #[link(name = "ws2_32")]
    unsafe extern "system" {
        #[link_name = "recv"]
        fn ws_recv(s: usize, buf: *mut u8, len: i32, flags: i32) -> i32;
        fn WSAGetLastError() -> i32;
    }

    /// One byte from a blocking socket.
    pub fn read_byte(raw: RawSocket) -> Result<Option<u8>, i32> {
        let mut byte = 0u8;
        match unsafe { ws_recv(raw as usize, &mut byte, 1, 0) } {
            0 => Ok(None),
            1 => Ok(Some(byte)),
            _ => Err(unsafe { WSAGetLastError() }),
        }
    }
}

pub struct Farewell {
    pub released: bool,
}

pub fn farewell(mut stream: TcpStream, words: &str) -> io::Result<Farewell> {
    let raw: RawSocket = stream.as_raw_socket();
    stream.write_all(words.as_bytes())?;
    stream.shutdown(Shutdown::Write)?;
    let answer = sys::read_byte(raw);
    let released = match answer {
        Err(sys::E_NOT_A_SOCKET) => unreachable!("the stream owns a socket"),
        Err(code) => return Err(io::Error::from_raw_os_error(code)),
        Ok(byte) => byte.is_none(),
    };
    drop(stream);
    Ok(Farewell { released })
}
