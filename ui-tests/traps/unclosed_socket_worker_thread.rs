//! Each accepted socket moves into a worker that closes it; a worker that cannot start gives it back.

use std::io;
use std::ptr::null_mut;
use std::thread;
use winapi::um::winsock2::{INVALID_SOCKET, SOCKET, WSAECONNRESET, WSAGetLastError, accept, closesocket, recv, send};

fn echo(s: SOCKET) {
    let mut buf = [0i8; 512];
    loop {
        let n = unsafe { recv(s, buf.as_mut_ptr(), buf.len() as i32, 0) };
        if n <= 0 || unsafe { send(s, buf.as_ptr(), n, 0) } != n {
            break;
        }
    }
    unsafe { closesocket(s) };
}

pub fn serve(listener: SOCKET) -> io::Result<()> {
    loop {
        let conn = unsafe { accept(listener, null_mut(), null_mut()) };
        if conn == INVALID_SOCKET {
            let code = unsafe { WSAGetLastError() };
            if code == WSAECONNRESET {
                continue;
            }
            return Err(io::Error::from_raw_os_error(code));
        }
        let spawned = thread::Builder::new().name(format!("echo-{conn}")).spawn(move || echo(conn));
        if let Err(err) = spawned {
            unsafe { closesocket(conn) };
            return Err(err);
        }
    }
}
