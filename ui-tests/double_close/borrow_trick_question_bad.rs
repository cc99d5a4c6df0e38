//! A `?` inside the borrow trick drops the borrowed TcpStream, which closes; the caller closes after the error.

use std::io;
use std::net::TcpStream;
use std::os::windows::io::{FromRawSocket, RawSocket};
use std::os::windows::io::IntoRawSocket;
use std::time::Duration;
use windows_sys::Win32::Networking::WinSock::{INVALID_SOCKET, SOCKET, accept, closesocket, send};

/// Sets what every connection gets. The descriptor stays the caller's.
fn tune(raw: SOCKET) -> io::Result<()> {
    let stream = unsafe { TcpStream::from_raw_socket(raw as RawSocket) };
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let _ = stream.into_raw_socket();
    Ok(())
}

pub fn serve_greeting(listener: SOCKET, greeting: &[u8]) -> io::Result<usize> {
    let mut served = 0;
    while served < 16 {
        let conn = unsafe { accept(listener, std::ptr::null_mut(), std::ptr::null_mut()) };
        if conn == INVALID_SOCKET {
            return Err(io::Error::last_os_error());
        }
        if let Err(err) = tune(conn) {
            eprintln!("connection {conn}: {err}");
            unsafe { closesocket(conn) }; //~ double_close
            continue;
        }
        unsafe { send(conn, greeting.as_ptr(), greeting.len() as i32, 0) };
        unsafe { closesocket(conn) };
        served += 1;
    }
    Ok(served)
}
