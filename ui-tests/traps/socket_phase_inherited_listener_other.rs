//! The socket comes from another process through WSADuplicateSocketW and listens already, so accept needs no listen here.

use std::io;
use std::ptr;
use windows_sys::Win32::Networking::WinSock::{
    FROM_PROTOCOL_INFO, INVALID_SOCKET, SOCKADDR_STORAGE, SOCKET, WSA_FLAG_OVERLAPPED, WSAPROTOCOL_INFOW, WSASocketW,
    accept, closesocket, send,
};

pub struct Worker {
    listener: SOCKET,
}

impl Worker {
    /// `info` was filled in by the parent process.
    pub fn adopt(info: &WSAPROTOCOL_INFOW) -> io::Result<Worker> {
        let any = FROM_PROTOCOL_INFO;
        let listener = unsafe { WSASocketW(any, any, any, info, 0, WSA_FLAG_OVERLAPPED) };
        if listener == INVALID_SOCKET {
            return Err(io::Error::last_os_error());
        }
        Ok(Worker { listener })
    }

    pub fn greet_next(&self) -> io::Result<()> {
        let mut from: SOCKADDR_STORAGE = unsafe { std::mem::zeroed() };
        let mut len = size_of::<SOCKADDR_STORAGE>() as i32;
        let client = unsafe { accept(self.listener, ptr::from_mut(&mut from).cast(), &mut len) };
        if client == INVALID_SOCKET {
            return Err(io::Error::last_os_error());
        }
        // An accepted socket is connected: it can send at once.
        let sent = unsafe { send(client, c"220 ready\r\n".as_ptr().cast(), 11, 0) };
        let res = if sent == 11 { Ok(()) } else { Err(io::Error::last_os_error()) };
        unsafe { closesocket(client) };
        res
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        unsafe { closesocket(self.listener) };
    }
}

pub fn greet_one(info: &WSAPROTOCOL_INFOW) -> io::Result<()> {
    let worker = Worker::adopt(info)?;
    worker.greet_next()
}
