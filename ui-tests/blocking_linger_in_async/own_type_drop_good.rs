//! A thread of its own drops the lingering connection.

use std::io;
use std::thread;
use windows_sys::Win32::Networking::WinSock as ws;

struct Conn(ws::SOCKET);

impl Drop for Conn {
    fn drop(&mut self) {
        unsafe { ws::closesocket(self.0) };
    }
}

impl Conn {
    fn open(addr: &ws::SOCKADDR_IN) -> io::Result<Conn> {
        let s = unsafe { ws::socket(ws::AF_INET as i32, ws::SOCK_STREAM, 0) };
        if s == ws::INVALID_SOCKET {
            return Err(io::Error::last_os_error());
        }
        let conn = Conn(s);
        match unsafe { ws::connect(s, std::ptr::from_ref(addr).cast(), size_of::<ws::SOCKADDR_IN>() as i32) } {
            0 => Ok(conn),
            _ => Err(io::Error::last_os_error()),
        }
    }
}

pub async fn post(addr: ws::SOCKADDR_IN, text: &str) -> io::Result<bool> {
    let conn = Conn::open(&addr)?;
    let linger = ws::LINGER { l_onoff: 1, l_linger: 2 };
    unsafe { ws::setsockopt(conn.0, ws::SOL_SOCKET, ws::SO_LINGER, (&raw const linger).cast(), 4) };
    let n = unsafe { ws::send(conn.0, text.as_ptr(), text.len() as i32, 0) };
    thread::spawn(move || drop(conn));
    Ok(n == text.len() as i32)
}
