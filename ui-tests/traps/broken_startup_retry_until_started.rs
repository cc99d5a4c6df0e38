//! WSASYSNOTREADY is tried again: the loop is left only with Winsock started or for good.

use std::thread::sleep;
use std::time::Duration;
use winapi::um::winsock2::{WSACleanup, WSADATA, WSASYSNOTREADY, WSAStartup, gethostname};

fn main() {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    loop {
        match unsafe { WSAStartup(0x202, &mut data) } {
            0 => break,
            WSASYSNOTREADY => sleep(Duration::from_millis(500)),
            code => {
                eprintln!("WSAStartup: {code}");
                return;
            }
        }
    }
    let mut name = [0i8; 256];
    let res = unsafe { gethostname(name.as_mut_ptr(), 256) };
    println!("gethostname: {res}");
    unsafe { WSACleanup() };
}
