//! The receive timeout and the keepalive time are milliseconds by definition, l_linger beside them is 20 seconds.

use std::io;
use std::net::TcpStream;
use std::os::windows::io::AsRawSocket;
use std::ptr;
use windows_sys::Win32::Networking::WinSock as ws;

#[derive(Clone, Copy)]
struct Tuning {
    timeout: u32,
    keepalive: ws::tcp_keepalive,
    linger: ws::LINGER,
}

impl Default for Tuning {
    fn default() -> Self {
        let keepalive = ws::tcp_keepalive { onoff: 1, keepalivetime: 45_000, keepaliveinterval: 1000 };
        Tuning { timeout: 5000, keepalive, linger: ws::LINGER { l_onoff: 1, l_linger: 20 } }
    }
}

fn check(res: i32) -> io::Result<()> {
    if res == ws::SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(()) }
}

pub fn tune(stream: &TcpStream) -> io::Result<()> {
    let s = stream.as_raw_socket() as ws::SOCKET;
    let Tuning { timeout, keepalive, linger } = Tuning::default();
    let at = ptr::addr_of!(timeout).cast();
    check(unsafe { ws::setsockopt(s, ws::SOL_SOCKET, ws::SO_RCVTIMEO, at, 4) })?;
    let at = ptr::addr_of!(linger).cast();
    check(unsafe { ws::setsockopt(s, ws::SOL_SOCKET, ws::SO_LINGER, at, size_of_val(&linger) as i32) })?;
    let mut bytes = 0u32;
    check(unsafe {
        ws::WSAIoctl(
            s,
            ws::SIO_KEEPALIVE_VALS,
            ptr::addr_of!(keepalive).cast(),
            size_of_val(&keepalive) as u32,
            ptr::null_mut(),
            0,
            &mut bytes,
            ptr::null_mut(),
            None,
        )
    })
}
