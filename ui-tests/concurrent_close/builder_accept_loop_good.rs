//! winapi: the accept loop sees the flag and is joined before its listener is closed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Receiver;
use std::{io, mem, ptr, thread};
use winapi::um::winsock2::{INVALID_SOCKET, SOCKET, accept, closesocket, fd_set, select, timeval};

fn next_client(listener: SOCKET) -> Option<SOCKET> {
    let mut ready: fd_set = unsafe { mem::zeroed() };
    ready.fd_count = 1;
    ready.fd_array[0] = listener;
    let wait = timeval { tv_sec: 0, tv_usec: 200_000 };
    if unsafe { select(0, &mut ready, ptr::null_mut(), ptr::null_mut(), &wait) } != 1 {
        return None;
    }
    let client = unsafe { accept(listener, ptr::null_mut(), ptr::null_mut()) };
    (client != INVALID_SOCKET).then_some(client)
}

pub fn turn_away_until(listener: SOCKET, stop: Receiver<()>) -> io::Result<()> {
    let stopping = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stopping);
    let acceptor = thread::Builder::new().name("accept".into()).spawn(move || {
        while !flag.load(Ordering::Acquire) {
            if let Some(client) = next_client(listener) {
                unsafe { closesocket(client) };
            }
        }
    })?;
    let _ = stop.recv();
    stopping.store(true, Ordering::Release);
    let _ = acceptor.join();
    unsafe { closesocket(listener) };
    Ok(())
}
