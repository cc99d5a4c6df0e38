//! The `windows` crate: the configuration's milliseconds are turned into seconds by a helper.

use windows::Win32::Networking::WinSock::{LINGER, SO_LINGER, SOCKET, SOL_SOCKET, setsockopt};

pub struct Config {
    pub backlog: u32,
    pub close_timeout_millis: u64,
}

fn whole_seconds(millis: u64) -> u64 {
    millis.div_ceil(1000)
}

pub fn apply(config: &Config, s: SOCKET) -> bool {
    let secs = whole_seconds(config.close_timeout_millis);
    let linger = LINGER { l_onoff: 1, l_linger: secs.min(600) as u16 };
    let bytes = unsafe { std::slice::from_raw_parts((&raw const linger).cast(), size_of::<LINGER>()) };
    unsafe { setsockopt(s, SOL_SOCKET, SO_LINGER, Some(bytes)) == 0 }
}
