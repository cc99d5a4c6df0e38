//! The C library that main initialises first may have started Winsock.

use std::ffi::c_int;
use windows_sys::Win32::Networking::WinSock::gethostname;

unsafe extern "C" {
    fn engine_init(flags: c_int) -> c_int;
    fn engine_exit();
}

fn main() {
    if unsafe { engine_init(1) } != 0 {
        return;
    }
    let mut name = [0u8; 256];
    if unsafe { gethostname(name.as_mut_ptr(), 256) } == 0 {
        println!("{}", String::from_utf8_lossy(&name));
    }
    unsafe { engine_exit() };
}
