//! An async block owns the socket and closes it when it ends.

use std::io;
use std::net::TcpStream;
use std::os::windows::io::AsRawSocket;
use windows_sys::Win32::Networking::WinSock::{SD_SEND, shutdown, SOCKET};

async fn write_all(stream: &TcpStream, data: &[u8]) -> io::Result<()> {
    let mut stream = stream;
    io::Write::write_all(&mut stream, data)
}

pub fn goodbye(stream: TcpStream) -> impl Future<Output = io::Result<()>> {
    let raw = stream.as_raw_socket() as SOCKET;
    async move {
        let res = write_all(&stream, b"bye\n").await;
        unsafe { shutdown(raw, SD_SEND) };
        drop(stream);
        res
    }
}
