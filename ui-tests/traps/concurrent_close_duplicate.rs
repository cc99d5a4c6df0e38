//! The thread reads from a duplicate of its own (try_clone); the original is closed beside it.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::os::windows::io::IntoRawSocket;
use std::thread;
use windows_sys::Win32::Networking::WinSock::{closesocket, SD_SEND, shutdown, SOCKET};

pub fn send_and_forget(stream: TcpStream, request: &[u8]) -> io::Result<()> {
    let mut reader = stream.try_clone()?;
    thread::spawn(move || {
        let mut reply = Vec::new();
        let _ = reader.read_to_end(&mut reply);
        println!("{} bytes", reply.len());
    });
    (&stream).write_all(request)?;
    let raw = stream.into_raw_socket() as SOCKET;
    unsafe {
        shutdown(raw, SD_SEND);
        closesocket(raw);
    }
    Ok(())
}
