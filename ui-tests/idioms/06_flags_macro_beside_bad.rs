//! A bitflags-like item macro stands around the code; the failed option leaks.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_INET, INVALID_SOCKET, IPPROTO_UDP, setsockopt, SO_BROADCAST, SO_REUSEADDR, SOCK_DGRAM, SOCKET, socket, SOL_SOCKET};

macro_rules! flags {
    ($(#[$meta:meta])* pub struct $name:ident: $repr:ty { $(const $flag:ident = $value:expr;)* }) => {
        $(#[$meta])*
        pub struct $name($repr);
        impl $name {
            $(pub const $flag: $name = $name($value);)*
            pub fn contains(&self, other: $name) -> bool {
                self.0 & other.0 == other.0
            }
        }
    };
}

flags! {
    #[derive(Clone, Copy)]
    pub struct Options: u32 {
        const REUSE = 1;
        const BROADCAST = 2;
    }
}

pub fn open(options: Options) -> io::Result<SOCKET> {
    let s = unsafe { socket(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP) }; //~ unclosed_socket
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let on = 1i32;
    for (flag, name) in [(Options::REUSE, SO_REUSEADDR), (Options::BROADCAST, SO_BROADCAST)] {
        if options.contains(flag) && unsafe { setsockopt(s, SOL_SOCKET, name, (&raw const on).cast(), 4) } != 0 {
            return Err(io::Error::last_os_error());
        }
    }
    Ok(s)
}
