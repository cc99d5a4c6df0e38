//! A std stream is dropped, and its old number is read from to see error 10038 under the project's own name for it.

use std::io::{self, Write};
use std::net::TcpStream;
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
    drop(stream);
    let answer = sys::read_byte(raw); //~ use_after_close
    let released = match answer {
        Err(sys::E_NOT_A_SOCKET) => true, //~ relies_on_enotsock
        Ok(_) | Err(_) => false,
    };
    Ok(Farewell { released })
}
