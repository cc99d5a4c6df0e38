//! A socket in a static stays open for the life of the process.

use std::sync::OnceLock;
use windows_sys::Win32::Networking::WinSock::{AF_INET, INVALID_SOCKET, IPPROTO_UDP, sendto, SOCK_DGRAM, SOCKADDR_IN, SOCKET, socket};

static PROBE: OnceLock<Option<SOCKET>> = OnceLock::new();

fn probe() -> Option<SOCKET> {
    *PROBE.get_or_init(|| {
        let s = unsafe { socket(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP) };
        (s != INVALID_SOCKET).then_some(s)
    })
}

pub fn wake(to: &SOCKADDR_IN) -> bool {
    let Some(s) = probe() else { return false };
    let len = size_of::<SOCKADDR_IN>() as i32;
    unsafe { sendto(s, [1].as_ptr(), 1, 0, (to as *const SOCKADDR_IN).cast(), len) == 1 }
}
