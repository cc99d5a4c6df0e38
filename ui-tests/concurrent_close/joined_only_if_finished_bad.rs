//! The handle is joined if the thread has finished already; otherwise it still receives.

use std::thread;
use std::time::Duration;

mod sys {
    pub use windows_sys::Win32::Networking::WinSock::{SD_BOTH, SOCKET, closesocket as close, recv, shutdown};
}

pub fn listen_briefly(s: sys::SOCKET, on_line: fn(&[u8])) {
    let listener = thread::spawn(move || {
        let mut line = [0u8; 128];
        loop {
            let n = unsafe { sys::recv(s, line.as_mut_ptr(), 128, 0) };
            if n <= 0 {
                break;
            }
            on_line(&line[..n as usize]);
        }
    });
    thread::sleep(Duration::from_millis(500));
    if listener.is_finished() {
        let _ = listener.join();
    }
    unsafe { sys::close(s) }; //~ concurrent_close
}
