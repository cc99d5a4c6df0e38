//! A guard sets a blocking hook and takes it out again in its Drop.

use windows_sys::Win32::Foundation::FARPROC;
use windows_sys::Win32::Networking::WinSock::*;

pub struct Hooked {
    previous: FARPROC,
}

impl Hooked {
    pub fn new(hook: FARPROC) -> Hooked {
        Hooked { previous: unsafe { WSASetBlockingHook(hook) } } //~ winsock1_blocking_hook
    }

    pub fn nested(&self) -> bool {
        self.previous.is_some()
    }
}

impl Drop for Hooked {
    fn drop(&mut self) {
        if unsafe { WSAUnhookBlockingHook() } == SOCKET_ERROR { //~ winsock1_blocking_hook
            eprintln!("the hook stays");
        }
    }
}
