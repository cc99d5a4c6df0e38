//! A check that fails closes the socket, and the pool files it among the idle ones all the same.

use std::collections::VecDeque;

mod sys {
    use windows_sys::Win32::Networking::WinSock;
    pub use windows_sys::Win32::Networking::WinSock::{INVALID_SOCKET, SOCKADDR_IN, SOCKET};

    pub unsafe fn stream() -> SOCKET {
        unsafe { WinSock::socket(WinSock::AF_INET as i32, WinSock::SOCK_STREAM, WinSock::IPPROTO_TCP) }
    }

    pub unsafe fn connect(s: SOCKET, to: &SOCKADDR_IN) -> bool {
        unsafe { WinSock::connect(s, to as *const _ as *const WinSock::SOCKADDR, size_of_val(to) as i32) == 0 }
    }

    pub unsafe fn close(s: SOCKET) {
        unsafe { WinSock::closesocket(s) };
    }
}

pub struct Pool {
    idle: VecDeque<sys::SOCKET>,
    target: sys::SOCKADDR_IN,
    pub failures: u64,
}

impl Pool {
    pub fn new(target: sys::SOCKADDR_IN) -> Pool {
        Pool { idle: VecDeque::new(), target, failures: 0 }
    }

    /// Opens connections until `want` are idle, or none could be had.
    pub fn fill(&mut self, want: usize) {
        while self.idle.len() < want && self.failures < 3 {
            let s = unsafe { sys::stream() };
            if s == sys::INVALID_SOCKET {
                return;
            }
            if !unsafe { sys::connect(s, &self.target) } {
                self.failures += 1;
                unsafe { sys::close(s) };
            }
            self.idle.push_back(s); //~ use_after_close
        }
    }

    pub fn get(&mut self) -> Option<sys::SOCKET> {
        self.idle.pop_front()
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        while let Some(s) = self.idle.pop_front() {
            unsafe { sys::close(s) };
        }
    }
}
