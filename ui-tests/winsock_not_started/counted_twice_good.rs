//! Two start-ups and one cleanup: one is left for the last call, which has a name of its own.

use std::ffi::{c_char, c_int};

#[repr(C, align(8))]
struct WsaData([u8; 408]);

#[link(name = "ws2_32")]
unsafe extern "system" {
    fn WSAStartup(version: u16, data: *mut WsaData) -> c_int;
    fn WSACleanup() -> c_int;
    #[link_name = "gethostname"]
    fn host_name(name: *mut c_char, len: c_int) -> c_int;
}

pub fn name_after_restart(name: &mut [u8; 256]) -> bool {
    let mut data = WsaData([0; 408]);
    unsafe {
        if WSAStartup(0x202, &mut data) != 0 {
            return false;
        }
        if WSAStartup(0x202, &mut data) != 0 {
            WSACleanup();
            return false;
        }
        WSACleanup();
        let known = host_name(name.as_mut_ptr().cast(), 256) == 0;
        WSACleanup();
        known
    }
}
