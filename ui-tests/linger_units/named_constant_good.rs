//! The constant in milliseconds is divided down to seconds.

use std::mem;
use winapi::um::winsock2::{linger, setsockopt, SO_LINGER, SOCKET, SOL_SOCKET};

const LINGER_TIMEOUT_MS: u16 = 800;
const MS_PER_SEC: u16 = 1000;

pub struct Peer {
    pub socket: SOCKET,
    pub name: String,
}

impl Peer {
    pub fn linger(&self) -> Result<(), String> {
        let option = linger { l_onoff: 1, l_linger: LINGER_TIMEOUT_MS.div_ceil(MS_PER_SEC) };
        let value = &option as *const linger as *const i8;
        let r = unsafe { setsockopt(self.socket, SOL_SOCKET, SO_LINGER, value, mem::size_of_val(&option) as i32) };
        (r == 0).then_some(()).ok_or_else(|| format!("{}: cannot linger", self.name))
    }
}
