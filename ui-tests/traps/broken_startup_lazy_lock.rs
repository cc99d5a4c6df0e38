//! The LazyLock starts Winsock when it is first looked at, which each call does.

use std::ffi::CStr;
use std::sync::LazyLock;
use windows_sys::Win32::Networking::WinSock::{WSADATA, WSAStartup, gethostbyname};

static WINSOCK: LazyLock<bool> = LazyLock::new(|| {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    unsafe { WSAStartup(0x202, &mut data) == 0 }
});

fn known(name: &CStr) -> bool {
    *WINSOCK && !unsafe { gethostbyname(name.as_ptr().cast()) }.is_null()
}

fn main() {
    for name in [c"localhost", c"printer.local"] {
        println!("{name:?}: {}", known(name));
    }
}
