//! The arm with `unreachable!` is no path; the one that falls through closes twice.

use windows_sys::Win32::Networking::WinSock::{closesocket, getsockopt, SO_TYPE, SOCKET, SOCKET_ERROR, SOL_SOCKET};

fn fatal(what: &str) -> ! {
    eprintln!("{what}");
    std::process::abort()
}

pub fn check_type(s: SOCKET, expected: i32) {
    let mut kind = 0i32;
    let mut len = size_of::<i32>() as i32;
    let res = unsafe { getsockopt(s, SOL_SOCKET, SO_TYPE, (&raw mut kind).cast(), &mut len) };
    match res {
        0 if kind == expected => {}
        0 => {
            unsafe { closesocket(s) };
            eprintln!("type {kind} instead of {expected}");
        }
        SOCKET_ERROR => fatal("getsockopt"),
        _ => unreachable!(),
    }
    unsafe { closesocket(s) }; //~ double_close
}
