//! A module emulates the old names for ported code; none of them reaches Winsock.

mod winsock1 {
    use std::cell::Cell;

    pub type Hook = fn() -> bool;

    thread_local! {
        static HOOK: Cell<Option<Hook>> = const { Cell::new(None) };
    }

    #[allow(non_snake_case)]
    pub fn WSASetBlockingHook(hook: Hook) -> Option<Hook> {
        HOOK.replace(Some(hook))
    }

    #[allow(non_snake_case)]
    pub fn WSAUnhookBlockingHook() {
        HOOK.set(None);
    }

    pub fn run() -> bool {
        HOOK.get().is_some_and(|hook| hook())
    }
}

use windows_sys::Win32::Networking::WinSock::{SOCKET, WSAPOLLFD, WSAPoll, POLLRDNORM};
use winsock1::{WSASetBlockingHook, WSAUnhookBlockingHook};

pub fn wait(s: SOCKET, pump: winsock1::Hook) -> bool {
    WSASetBlockingHook(pump);
    let mut entry = WSAPOLLFD { fd: s, events: POLLRDNORM, revents: 0 };
    let ready = loop {
        match unsafe { WSAPoll(&mut entry, 1, 50) } {
            0 if winsock1::run() => continue,
            n => break n == 1,
        }
    };
    WSAUnhookBlockingHook();
    ready
}
