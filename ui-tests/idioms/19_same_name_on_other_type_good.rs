//! A method named close that only marks, beside the close of the socket.

use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, INVALID_SOCKET, IPPROTO_UDP, SOCK_DGRAM, SOCKET, socket};

#[derive(Default)]
struct Journal {
    open: bool,
    lines: Vec<String>,
}

impl Journal {
    fn socket(&mut self, s: SOCKET) {
        self.open = true;
        self.lines.push(format!("socket {s}"));
    }

    fn close(&mut self) {
        self.open = false;
        self.lines.push("closed".into());
    }
}

pub fn traced() -> Vec<String> {
    let mut journal = Journal::default();
    let s = unsafe { socket(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP) };
    if s != INVALID_SOCKET {
        journal.socket(s);
        journal.close();
        unsafe { closesocket(s) };
    }
    journal.lines
}
