//! Each socket is handed to its thread, which alone uses and closes it; only one that got no thread is closed here.

use std::ptr::null_mut;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use windows_sys::Win32::Networking::WinSock::{accept, closesocket, INVALID_SOCKET, recv, send, SOCKET};

static CLIENTS: AtomicUsize = AtomicUsize::new(0);

fn echo(client: SOCKET) {
    let mut buf = [0u8; 512];
    loop {
        let n = unsafe { recv(client, buf.as_mut_ptr(), 512, 0) };
        if n <= 0 || unsafe { send(client, buf.as_ptr(), n, 0) } != n {
            break;
        }
    }
    unsafe { closesocket(client) };
    CLIENTS.fetch_sub(1, Ordering::AcqRel);
}

pub fn serve(listener: SOCKET) {
    loop {
        let client = unsafe { accept(listener, null_mut(), null_mut()) };
        if client == INVALID_SOCKET {
            return;
        }
        CLIENTS.fetch_add(1, Ordering::AcqRel);
        if let Err(err) = thread::Builder::new().stack_size(64 << 10).spawn(move || echo(client)) {
            eprintln!("no thread for {client}: {err}");
            unsafe { closesocket(client) };
        }
    }
}
