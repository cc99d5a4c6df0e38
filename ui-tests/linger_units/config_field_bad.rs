//! The `windows` crate: the configuration's milliseconds are taken for seconds.

use windows::Win32::Networking::WinSock::{LINGER, SO_LINGER, SOCKET, SOL_SOCKET, setsockopt};

pub struct Config {
    pub backlog: u32,
    pub close_timeout_millis: u64,
}

pub fn apply(config: &Config, s: SOCKET) -> bool {
    let secs = config.close_timeout_millis;
    let linger = LINGER { l_onoff: 1, l_linger: secs.min(600) as u16 }; //~ linger_units
    let bytes = unsafe { std::slice::from_raw_parts((&raw const linger).cast(), size_of::<LINGER>()) };
    unsafe { setsockopt(s, SOL_SOCKET, SO_LINGER, Some(bytes)) == 0 }
}
