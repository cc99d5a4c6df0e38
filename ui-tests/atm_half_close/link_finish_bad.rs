//! An ATM client half closes its circuit and reads on until the peer's end.

use std::io;
use windows_sys::Win32::Networking::WinSock::{
    AF_ATM, ATMPROTO_AAL5, INVALID_SOCKET, SD_SEND, SOCK_RAW, SOCKADDR, SOCKADDR_ATM, SOCKET, SOCKET_ERROR, closesocket, connect, recv, send, shutdown,
    socket,
};

fn check(rc: i32) -> io::Result<usize> {
    if rc == SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(rc as usize) }
}

fn transfer(s: SOCKET, to: &SOCKADDR_ATM, request: &[u8], answer: &mut Vec<u8>) -> io::Result<()> {
    check(unsafe { connect(s, (&raw const *to).cast::<SOCKADDR>(), size_of::<SOCKADDR_ATM>() as i32) })?;
    check(unsafe { send(s, request.as_ptr(), request.len() as i32, 0) })?;
    let mut chunk = [0u8; 4096];
    loop {
        match check(unsafe { recv(s, chunk.as_mut_ptr(), 4096, 0) })? {
            0 => return Ok(()),
            n => answer.extend_from_slice(&chunk[..n]),
        }
        if answer.ends_with(b"\r\n.\r\n") {
            return Ok(());
        }
    }
}

pub fn query(to: &SOCKADDR_ATM, request: &[u8]) -> io::Result<Vec<u8>> {
    let s = unsafe { socket(AF_ATM as i32, SOCK_RAW, ATMPROTO_AAL5 as i32) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let mut answer = Vec::new();
    let result = transfer(s, to, request, &mut answer);
    if result.is_ok() {
        unsafe { shutdown(s, SD_SEND) }; //~ atm_half_close
        let mut rest = [0u8; 256];
        while unsafe { recv(s, rest.as_mut_ptr(), 256, 0) } > 0 {}
    }
    unsafe { closesocket(s) };
    result.map(|()| answer)
}
