//! std's shape of setsockopt: the default LINGER gets its fields, and FIONBIO comes last.

use std::io;
use windows_sys::Win32::Networking::WinSock as c;

struct Socket(c::SOCKET);

fn cvt(r: i32) -> io::Result<()> {
    if r == c::SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(()) }
}

fn setsockopt<T>(sock: &Socket, level: i32, name: i32, value: T) -> io::Result<()> {
    cvt(unsafe { c::setsockopt(sock.0, level, name, (&raw const value).cast(), size_of::<T>() as i32) })
}

fn configure(sock: &Socket) -> io::Result<()> {
    let mut linger = c::LINGER::default();
    linger.l_linger = 5;
    linger.l_onoff = 1;
    setsockopt(sock, c::SOL_SOCKET, c::SO_LINGER, linger)?;
    setsockopt(sock, c::IPPROTO_TCP, c::TCP_NODELAY, 1i32)?;
    cvt(unsafe { c::ioctlsocket(sock.0, c::FIONBIO, &mut 1) })
}

pub fn try_configure() -> io::Result<()> {
    let s = unsafe { c::socket(c::AF_INET as i32, c::SOCK_STREAM, 0) };
    if s == c::INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let result = configure(&Socket(s));
    unsafe { c::closesocket(s) }; //~ nonblocking_linger
    result
}
