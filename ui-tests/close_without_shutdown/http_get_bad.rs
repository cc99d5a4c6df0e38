//! A small client sends its request, reads the status line, and closes without shutdown.

use std::io;
use windows_sys::Win32::Networking::WinSock::{
    AF_INET, INVALID_SOCKET, IPPROTO_TCP, SOCK_STREAM, SOCKADDR, SOCKADDR_IN, SOCKET, closesocket, connect, recv, send, socket,
};

fn read_answer(s: SOCKET, out: &mut Vec<u8>) -> io::Result<()> {
    let mut chunk = [0u8; 1024];
    loop {
        match unsafe { recv(s, chunk.as_mut_ptr(), chunk.len() as i32, 0) } {
            0 => break Ok(()),
            n if n < 0 => break Err(io::Error::last_os_error()),
            n => out.extend_from_slice(&chunk[..n as usize]),
        }
        if out.contains(&b'\n') {
            break Ok(());
        }
    }
}

pub fn get(addr: &SOCKADDR_IN, path: &str) -> io::Result<Vec<u8>> {
    let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    if unsafe { connect(s, (&raw const *addr).cast::<SOCKADDR>(), size_of::<SOCKADDR_IN>() as i32) } != 0 {
        let err = io::Error::last_os_error();
        unsafe { closesocket(s) };
        return Err(err);
    }
    let request = format!("GET {path} HTTP/1.0\r\n\r\n");
    unsafe { send(s, request.as_ptr(), request.len() as i32, 0) };
    let mut body = Vec::new();
    let result = read_answer(s, &mut body);
    unsafe { closesocket(s) }; //~ close_without_shutdown
    result.map(|()| body)
}
