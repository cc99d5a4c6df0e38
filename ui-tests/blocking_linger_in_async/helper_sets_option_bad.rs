//! A helper applies the linger option it is given, here a timeout of ten seconds, in an async fn.

use std::io;
use windows_sys::Win32::Networking::WinSock::{self as sock, LINGER, SOCKET};

const PATIENT: LINGER = LINGER { l_onoff: 1, l_linger: 10 };
const DEFAULT: LINGER = LINGER { l_onoff: 0, l_linger: 0 };

fn cvt(r: i32) -> io::Result<i32> {
    if r == sock::SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(r) }
}

fn open() -> io::Result<SOCKET> {
    match unsafe { sock::socket(sock::AF_INET as i32, sock::SOCK_STREAM, sock::IPPROTO_TCP) } {
        sock::INVALID_SOCKET => Err(io::Error::last_os_error()),
        s => Ok(s),
    }
}

fn set_linger(s: SOCKET, option: &LINGER) -> io::Result<()> {
    let len = size_of::<LINGER>() as i32;
    cvt(unsafe { sock::setsockopt(s, sock::SOL_SOCKET, sock::SO_LINGER, std::ptr::from_ref(option).cast(), len) }).map(drop)
}

pub async fn upload(addr: sock::SOCKADDR_IN, data: &[u8]) -> io::Result<i32> {
    let s = open()?;
    let len = size_of::<sock::SOCKADDR_IN>() as i32;
    let connected = cvt(unsafe { sock::connect(s, (&raw const addr).cast(), len) });
    if let Err(err) = connected {
        unsafe { sock::closesocket(s) };
        return Err(err);
    }
    let configured = set_linger(s, &PATIENT);
    let sent = cvt(unsafe { sock::send(s, data.as_ptr(), data.len() as i32, 0) });
    unsafe { sock::closesocket(s) }; //~ blocking_linger_in_async
    configured.and(sent)
}
