//! The failed send leads to the same shutdown and join as success.

use std::io;
use std::thread;
use windows_sys::Win32::Networking::WinSock::{
    AF_INET, closesocket, connect, INVALID_SOCKET, recv, SD_BOTH, SD_SEND, send, shutdown, SOCK_STREAM, SOCKADDR_IN, SOCKET, socket, SOCKET_ERROR,
};

fn read_to_end(s: SOCKET) -> usize {
    let (mut total, mut buf) = (0, [0u8; 1024]);
    while let n @ 1.. = unsafe { recv(s, buf.as_mut_ptr(), 1024, 0) } {
        total += n as usize;
    }
    total
}

pub fn upload(addr: &SOCKADDR_IN, parts: &[Vec<u8>]) -> io::Result<usize> {
    let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, 0) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    if unsafe { connect(s, std::ptr::from_ref(addr).cast(), size_of::<SOCKADDR_IN>() as i32) } == SOCKET_ERROR {
        let err = io::Error::last_os_error();
        unsafe { closesocket(s) };
        return Err(err);
    }
    let reader = thread::spawn(move || read_to_end(s));
    for part in parts {
        if unsafe { send(s, part.as_ptr(), part.len() as i32, 0) } == SOCKET_ERROR {
            let err = io::Error::last_os_error();
            unsafe { shutdown(s, SD_BOTH) };
            let _ = reader.join();
            unsafe { closesocket(s) };
            return Err(err);
        }
    }
    unsafe { shutdown(s, SD_SEND) };
    let echoed = reader.join().unwrap_or(0);
    unsafe { closesocket(s) };
    Ok(echoed)
}
