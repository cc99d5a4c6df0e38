//! An own socket type with Drop: its constructor makes it nonblocking and names a linger time that is off.

use std::io;
use std::os::windows::io::{AsRawSocket, RawSocket};
use windows_sys::Win32::Networking::WinSock::{
    AF_INET6, FIONBIO, INVALID_SOCKET, IPPROTO_TCP, IPPROTO_IPV6, IPV6_V6ONLY, LINGER, SO_LINGER, SOCK_STREAM, SOCKET, SOL_SOCKET, closesocket,
    ioctlsocket, setsockopt, socket,
};

pub struct Socket(SOCKET);

impl Drop for Socket {
    fn drop(&mut self) {
        let _ = unsafe { closesocket(self.0) };
    }
}

impl AsRawSocket for Socket {
    fn as_raw_socket(&self) -> RawSocket {
        self.0 as RawSocket
    }
}

fn cvt(rc: i32) -> io::Result<()> {
    if rc < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

fn set<T>(s: &Socket, level: i32, name: i32, value: T) -> io::Result<()> {
    cvt(unsafe { setsockopt(s.0, level, name, (&raw const value).cast(), size_of::<T>() as i32) })
}

impl Socket {
    pub fn v6_stream() -> io::Result<Socket> {
        let s = match unsafe { socket(AF_INET6 as i32, SOCK_STREAM, IPPROTO_TCP) } {
            INVALID_SOCKET => return Err(io::Error::last_os_error()),
            s => Socket(s),
        };
        let mut nonblocking = 1u32;
        cvt(unsafe { ioctlsocket(s.0, FIONBIO, &mut nonblocking) })?;
        let linger = LINGER { l_onoff: 0, l_linger: 30 };
        cvt(unsafe { setsockopt(s.0, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), size_of::<LINGER>() as i32) })?;
        set(&s, IPPROTO_IPV6, IPV6_V6ONLY, 0u32)?;
        Ok(s)
    }
}

pub fn dual_stack_available() -> bool {
    Socket::v6_stream().is_ok()
}
