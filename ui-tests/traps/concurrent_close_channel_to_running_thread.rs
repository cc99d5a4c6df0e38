//! The thread that gets the descriptor through a channel answers when it is through with it.

use std::ptr::null_mut;
use std::sync::mpsc;
use std::thread;
use windows_sys::Win32::Networking::WinSock::{accept, closesocket, INVALID_SOCKET, recv, SOCKET};

pub fn meter(listener: SOCKET) {
    let (jobs, inbox) = mpsc::channel::<SOCKET>();
    let (answers, totals) = mpsc::channel::<usize>();
    let drainer = thread::spawn(move || {
        for s in inbox {
            let (mut total, mut buf) = (0, [0u8; 4096]);
            while let n @ 1.. = unsafe { recv(s, buf.as_mut_ptr(), 4096, 0) } {
                total += n as usize;
            }
            if answers.send(total).is_err() {
                return;
            }
        }
    });
    loop {
        let client = unsafe { accept(listener, null_mut(), null_mut()) };
        if client == INVALID_SOCKET {
            break;
        }
        if jobs.send(client).is_err() {
            unsafe { closesocket(client) };
            break;
        }
        let total = totals.recv();
        unsafe { closesocket(client) };
        println!("{total:?} bytes");
    }
    drop(jobs);
    let _ = drainer.join();
}
