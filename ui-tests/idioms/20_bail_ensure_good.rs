//! `ensure!` comes before the socket, and `bail!` after its close.

use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, INVALID_SOCKET, IP_TTL, IPPROTO_IP, IPPROTO_UDP, setsockopt, SOCK_DGRAM, SOCKET, socket, SOCKET_ERROR, WSAGetLastError};

macro_rules! bail {
    ($($arg:tt)*) => {
        return Err(format!($($arg)*).into())
    };
}

macro_rules! ensure {
    ($cond:expr, $($arg:tt)*) => {
        if !$cond {
            bail!($($arg)*);
        }
    };
}

pub type Error = Box<dyn std::error::Error + Send + Sync>;

pub fn open(ttl: u32) -> Result<SOCKET, Error> {
    ensure!((1..256).contains(&ttl), "no ttl: {ttl}");
    let s = unsafe { socket(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP) };
    if s == INVALID_SOCKET {
        bail!("socket: {}", unsafe { WSAGetLastError() });
    }
    if unsafe { setsockopt(s, IPPROTO_IP, IP_TTL, (&raw const ttl).cast(), 4) } == SOCKET_ERROR {
        let code = unsafe { WSAGetLastError() };
        unsafe { closesocket(s) };
        bail!("setsockopt: {code}");
    }
    Ok(s)
}
