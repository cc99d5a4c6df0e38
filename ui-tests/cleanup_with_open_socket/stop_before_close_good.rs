//! main calls the wrappers in the right order: `close` before `net_exit`.

use windows_sys::Win32::Networking::WinSock::{self as win, SOCKET, WSADATA, closesocket as c_close};

fn net_init() -> bool {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    unsafe { win::WSAStartup(0x0202, &mut data) == 0 }
}

fn net_exit() {
    unsafe { win::WSACleanup() };
}

fn open() -> Option<SOCKET> {
    let s = unsafe { win::socket(win::AF_INET as i32, win::SOCK_DGRAM, win::IPPROTO_UDP) };
    (s != win::INVALID_SOCKET).then_some(s)
}

fn close(s: SOCKET) {
    unsafe { c_close(s) };
}

fn main() {
    if !net_init() {
        return;
    }
    let Some(s) = open() else {
        net_exit();
        return;
    };
    println!("socket {s}");
    close(s);
    net_exit();
}
