//! A socket sent through a channel belongs to the receiver; a refused one comes back and is closed.

use std::sync::mpsc::{Receiver, SendError, Sender};
use windows_sys::Win32::Networking::WinSock as ws;

pub fn accept_loop(listener: ws::SOCKET, workers: &Sender<ws::SOCKET>) {
    loop {
        let client = unsafe { ws::accept(listener, std::ptr::null_mut(), std::ptr::null_mut()) };
        if client == ws::INVALID_SOCKET {
            break;
        }
        if let Err(SendError(client)) = workers.send(client) {
            unsafe { ws::closesocket(client) };
            break;
        }
    }
}

pub fn worker(clients: Receiver<ws::SOCKET>) {
    for client in clients {
        let mut byte = 0u8;
        if unsafe { ws::recv(client, &mut byte, 1, 0) } == 1 {
            unsafe { ws::send(client, &byte, 1, 0) };
        }
        unsafe { ws::closesocket(client) };
    }
}
