//! The else block of let-else returns and forgets WSACleanup.

use windows_sys::Win32::Networking::WinSock as ws;

fn hostname() -> Option<String> {
    let mut name = vec![0u8; 256];
    if unsafe { ws::gethostname(name.as_mut_ptr(), 256) } != 0 {
        return None;
    }
    name.retain(|&b| b != 0);
    String::from_utf8(name).ok()
}

pub fn short_name() -> Option<String> {
    let mut data = ws::WSADATA::default();
    if unsafe { ws::WSAStartup(0x202, &mut data) } != 0 { //~ unbalanced_startup
        return None;
    }
    let Some(name) = hostname() else {
        return None;
    };
    unsafe { ws::WSACleanup() };
    name.split('.').next().map(str::to_owned)
}
