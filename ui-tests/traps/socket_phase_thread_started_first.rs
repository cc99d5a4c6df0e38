//! The thread is started before its socket listens, and accepts when it is told to.

use std::sync::mpsc;
use std::thread;
use windows_sys::Win32::Networking::WinSock::{
    AF_INET, INVALID_SOCKET, SOCK_STREAM, SOCKADDR_IN, accept, bind, closesocket, listen, socket,
};

pub fn serve_once(name: &SOCKADDR_IN) -> bool {
    let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, 0) };
    if s == INVALID_SOCKET {
        return false;
    }
    let (go, ready) = mpsc::channel();
    let acceptor = thread::spawn(move || {
        if ready.recv().is_ok() {
            let client = unsafe { accept(s, std::ptr::null_mut(), std::ptr::null_mut()) };
            if client != INVALID_SOCKET {
                unsafe { closesocket(client) };
            }
        }
    });
    let len = size_of::<SOCKADDR_IN>() as i32;
    let listening = unsafe { bind(s, (&raw const *name).cast(), len) == 0 && listen(s, 8) == 0 };
    if listening {
        let _ = go.send(());
    }
    drop(go);
    let _ = acceptor.join();
    unsafe { closesocket(s) };
    listening
}
