//! windows crate: a message out of the receive loop does not say that the loop has ended.

use std::io;
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::Duration;
use windows::Win32::Networking::WinSock::{
    AF_INET, IPPROTO_TCP, SD_BOTH, SEND_RECV_FLAGS, SOCK_STREAM, SOCKADDR_IN, SOCKET, SOCKET_ERROR, closesocket, connect, recv, send, shutdown,
    socket,
};

fn pump(s: SOCKET, chunks: Sender<Vec<u8>>) {
    let mut buf = [0u8; 2048];
    loop {
        let n = unsafe { recv(s, &mut buf, SEND_RECV_FLAGS(0)) };
        if n <= 0 || chunks.send(buf[..n as usize].to_vec()).is_err() {
            break;
        }
    }
}

pub fn ask(addr: &SOCKADDR_IN, question: &[u8]) -> io::Result<Option<Vec<u8>>> {
    let s = unsafe { socket(AF_INET.0.into(), SOCK_STREAM, IPPROTO_TCP.0) }?;
    if unsafe { connect(s, (addr as *const SOCKADDR_IN).cast(), size_of::<SOCKADDR_IN>() as i32) } == SOCKET_ERROR {
        let err = io::Error::last_os_error();
        unsafe { closesocket(s) };
        return Err(err);
    }
    let (tx, rx) = mpsc::channel();
    let pumping = thread::spawn(move || pump(s, tx));
    unsafe { send(s, question, SEND_RECV_FLAGS(0)) };
    let answer = rx.recv_timeout(Duration::from_secs(5)).ok();
    unsafe { shutdown(s, SD_BOTH) };
    unsafe { closesocket(s) }; //~ concurrent_close
    let _ = pumping.join();
    Ok(answer)
}
