//! A number of seconds is multiplied by 1000 on its way into l_linger.

use std::io;

#[cfg(windows)]
mod imp {
    use super::io;
    use winapi::um::winsock2::{SO_LINGER, SO_RCVTIMEO, SOCKET, SOL_SOCKET, linger, setsockopt};

    pub type Raw = SOCKET;

    fn check(res: i32) -> io::Result<()> {
        if res < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
    }

    pub fn set_timeouts(s: Raw, secs: u16) -> io::Result<()> {
        let millis = u32::from(secs) * 1000;
        check(unsafe { setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, (&raw const millis).cast(), 4) })?;

        let mut value: linger = unsafe { std::mem::zeroed() };
        value.l_onoff = 1;
        value.l_linger = secs.saturating_mul(1000); //~ linger_units
        let len = size_of::<linger>() as i32;
        check(unsafe { setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const value).cast(), len) })
    }
}

#[cfg(unix)]
mod imp {
    use super::io;

    pub type Raw = i32;

    pub fn set_timeouts(_s: Raw, _secs: u16) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

pub use imp::Raw;

pub struct Timeouts {
    pub secs: u16,
}

impl Timeouts {
    pub fn apply(&self, s: Raw) -> io::Result<()> {
        imp::set_timeouts(s, self.secs)
    }
}
