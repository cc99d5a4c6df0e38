//! One of the profiles gives its time in milliseconds.

use windows_sys::Win32::Networking::WinSock::*;

pub enum Profile {
    Lan,
    Satellite,
}

pub unsafe fn tune(s: SOCKET, profile: Profile) -> i32 {
    let time = match profile {
        Profile::Lan => 1,
        Profile::Satellite => 30_000,
    };
    let linger = LINGER { l_onoff: 1, l_linger: time }; //~ linger_units
    setsockopt(s, SOL_SOCKET, SO_LINGER, std::ptr::addr_of!(linger).cast(), 4)
}
