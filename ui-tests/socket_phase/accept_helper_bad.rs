//! serve hands a bound socket that never listens to a helper that accepts on it.

use std::io;
use std::ptr;
use winapi::shared::ws2def::{AF_INET, SOCK_STREAM, SOCKADDR_IN};
use winapi::um::winsock2::{INVALID_SOCKET, SOCKET, accept, bind, closesocket, recv, socket};

macro_rules! syscall {
    ($fn:ident ( $($arg:expr),* ), $failed:expr) => {{
        let res = unsafe { $fn($($arg),*) };
        if res == $failed { Err(io::Error::last_os_error()) } else { Ok(res) }
    }};
}

fn bound(addr: &SOCKADDR_IN) -> io::Result<SOCKET> {
    let s = syscall!(socket(AF_INET, SOCK_STREAM, 0), INVALID_SOCKET)?;
    let name = ptr::from_ref(addr).cast();
    match syscall!(bind(s, name, size_of::<SOCKADDR_IN>() as i32), -1) {
        Ok(_) => Ok(s),
        Err(e) => {
            unsafe { closesocket(s) };
            Err(e)
        }
    }
}

fn next_client(l: SOCKET) -> io::Result<SOCKET> {
    syscall!(accept(l, ptr::null_mut(), ptr::null_mut()), INVALID_SOCKET)
}

fn first_byte(client: SOCKET) -> io::Result<Option<u8>> {
    let mut byte = 0u8;
    let got = syscall!(recv(client, (&raw mut byte).cast(), 1, 0), -1)?;
    Ok((got == 1).then_some(byte))
}

/// Serves clients until one sends `q`.
pub fn serve(addr: &SOCKADDR_IN) -> io::Result<()> {
    let l = bound(addr)?;
    let res = loop {
        let client = match next_client(l) { //~ socket_phase
            Ok(client) => client,
            Err(e) => break Err(e),
        };
        let byte = first_byte(client);
        unsafe { closesocket(client) };
        match byte {
            Ok(Some(b'q')) => break Ok(()),
            Ok(_) => continue,
            Err(e) => break Err(e),
        }
    };
    unsafe { closesocket(l) };
    res
}
