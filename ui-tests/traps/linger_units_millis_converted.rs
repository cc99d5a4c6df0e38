//! Every time is kept in milliseconds and divided by 1000 for l_linger, by a constant, a Duration and a helper.

use std::io;
use std::time::Duration;
use windows_sys::Win32::Networking::WinSock::{LINGER, SO_LINGER, SOCKET, SOL_SOCKET, setsockopt};

const CLOSE_TIMEOUT_MS: u64 = 15_000;
const MILLIS_PER_SEC: u64 = 1000;

fn whole_seconds(millis: u64) -> u16 {
    millis.div_ceil(MILLIS_PER_SEC).min(600) as u16
}

fn put(s: SOCKET, value: LINGER) -> io::Result<()> {
    let len = size_of::<LINGER>() as i32;
    match unsafe { setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const value).cast(), len) } {
        0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}

pub enum Linger {
    Default,
    Millis(u64),
    Five,
}

pub fn set_linger(s: SOCKET, linger: Linger) -> io::Result<()> {
    match linger {
        Linger::Default => put(s, LINGER { l_onoff: 1, l_linger: (CLOSE_TIMEOUT_MS / MILLIS_PER_SEC) as u16 }),
        Linger::Millis(ms) => put(s, LINGER { l_onoff: 1, l_linger: whole_seconds(ms) }),
        Linger::Five => put(s, LINGER { l_onoff: 1, l_linger: Duration::from_millis(5000).as_secs() as u16 }),
    }
}
