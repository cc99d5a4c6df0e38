//! `syscall!(f(..), |r| closure)` calls the success of closesocket a failure.

use std::io;
use windows_sys::Win32::Networking::WinSock::*;

macro_rules! syscall {
    ($fn:ident ( $($arg:expr),* $(,)? ), $failed:expr) => {{
        let res = unsafe { $fn($($arg),*) };
        if $failed(res) { Err(io::Error::last_os_error()) } else { Ok(res) }
    }};
}

pub fn probe(to: &SOCKADDR_IN) -> io::Result<()> {
    let s = syscall!(socket(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP), |r| r == INVALID_SOCKET)?;
    let sent = syscall!(
        sendto(s, c"x".as_ptr().cast(), 1, 0, std::ptr::from_ref(to).cast(), size_of::<SOCKADDR_IN>() as i32),
        |r: i32| r < 0
    );
    syscall!(closesocket(s), |r: i32| r == 0)?; //~ inverted_check
    sent.map(drop)
}
