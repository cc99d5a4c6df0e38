//! Each retry starts Winsock once more, and `continue` skips the WSACleanup of the round that failed.

use std::ptr;
use std::thread::sleep;
use std::time::Duration;
use windows_sys::Win32::Networking::WinSock::{
    ADDRINFOW, FreeAddrInfoW, GetAddrInfoW, WSACleanup, WSADATA, WSAStartup, WSATRY_AGAIN,
};

/// The family of the first address of a host; `host` is wide and ends with a zero.
pub fn first_family(host: &[u16], attempts: u32) -> Result<i32, i32> {
    let mut last = WSATRY_AGAIN;
    for round in 0..attempts {
        let mut data: WSADATA = unsafe { std::mem::zeroed() };
        let code = unsafe { WSAStartup(0x0202, &mut data) }; //~ unbalanced_startup
        if code != 0 {
            return Err(code);
        }
        let mut list: *mut ADDRINFOW = ptr::null_mut();
        last = unsafe { GetAddrInfoW(host.as_ptr(), ptr::null(), ptr::null(), &mut list) };
        if last == WSATRY_AGAIN {
            sleep(Duration::from_millis(100 << round.min(5)));
            continue;
        }
        let family = (last == 0).then(|| {
            let family = unsafe { (*list).ai_family };
            unsafe { FreeAddrInfoW(list) };
            family
        });
        unsafe { WSACleanup() };
        return family.ok_or(last);
    }
    Err(last)
}
