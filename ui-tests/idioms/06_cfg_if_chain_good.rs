//! `cfg_if!` picks the platform's function; the Windows one uses and then closes.

macro_rules! cfg_if {
    (if #[cfg($meta:meta)] { $($yes:item)* } else { $($no:item)* }) => {
        $(#[cfg($meta)] $yes)*
        $(#[cfg(not($meta))] $no)*
    };
}

cfg_if! {
    if #[cfg(windows)] {
        use std::io;
        use windows_sys::Win32::Networking::WinSock::{closesocket, recv, SOCKET};

        pub fn discard(s: SOCKET) -> io::Result<usize> {
            let mut buf = [0u8; 256];
            let n = unsafe { recv(s, buf.as_mut_ptr(), buf.len() as i32, 0) };
            let res = if n < 0 { Err(io::Error::last_os_error()) } else { Ok(n as usize) };
            unsafe { closesocket(s) };
            res
        }
    } else {
        pub fn discard(s: i32) -> std::io::Result<usize> {
            let mut buf = [0u8; 256];
            let n = unsafe { libc::read(s, buf.as_mut_ptr().cast(), 256) };
            unsafe { libc::close(s) };
            usize::try_from(n).map_err(|_| std::io::Error::last_os_error())
        }
    }
}
