//! The project's own `linger` struct gets as_secs_f64, rounded up.

use std::io;
use std::net::TcpStream;
use std::os::windows::io::AsRawSocket;
use std::time::Duration;

mod c {
    #[repr(C)]
    #[derive(Clone, Copy, Default)]
    pub struct linger {
        pub l_onoff: u16,
        pub l_linger: u16,
    }

    pub const SOL_SOCKET: i32 = 0xffff;
    pub const SO_LINGER: i32 = 0x0080;

    #[link(name = "ws2_32")]
    unsafe extern "system" {
        pub fn setsockopt(s: usize, level: i32, name: i32, value: *const u8, len: i32) -> i32;
        pub fn getsockopt(s: usize, level: i32, name: i32, value: *mut u8, len: *mut i32) -> i32;
    }
}

pub fn linger_for(stream: &TcpStream, time: Duration) -> io::Result<()> {
    let mut value = c::linger::default();
    value.l_onoff = 1;
    value.l_linger = time.as_secs_f64().ceil() as u16;
    let s = stream.as_raw_socket() as usize;
    let at = (&raw const value).cast();
    if unsafe { c::setsockopt(s, c::SOL_SOCKET, c::SO_LINGER, at, size_of_val(&value) as i32) } != 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(())
}

pub fn lingers(stream: &TcpStream) -> io::Result<Option<Duration>> {
    let mut value = c::linger::default();
    let mut len = size_of_val(&value) as i32;
    let s = stream.as_raw_socket() as usize;
    if unsafe { c::getsockopt(s, c::SOL_SOCKET, c::SO_LINGER, (&raw mut value).cast(), &mut len) } != 0 {
        return Err(io::Error::last_os_error());
    }
    Ok((value.l_onoff != 0).then(|| Duration::from_secs(value.l_linger.into())))
}
