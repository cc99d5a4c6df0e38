//! `break 'done` jumps over the WSACleanup at the end of its block.

use windows_sys::Win32::Networking::WinSock::{WSACleanup, WSACloseEvent, WSACreateEvent, WSADATA, WSAStartup, gethostname};

pub fn self_test() -> bool {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    if unsafe { WSAStartup(0x202, &mut data) } != 0 { //~ unbalanced_startup
        return false;
    }
    let mut name = [0u8; 256];
    'done: {
        if unsafe { gethostname(name.as_mut_ptr(), 256) } != 0 {
            break 'done false;
        }
        let event = unsafe { WSACreateEvent() };
        if event == 0 {
            break 'done false;
        }
        unsafe { WSACloseEvent(event) };
        unsafe { WSACleanup() };
        true
    }
}
