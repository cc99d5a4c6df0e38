//! main calls the wrappers in the wrong order: `net_exit` before `close`.

use windows_sys::Win32::Networking::WinSock::{self as win, SOCKET, WSADATA, closesocket as c_close};

fn net_init() -> bool {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    unsafe { win::WSAStartup(0x0202, &mut data) == 0 }
}

fn net_exit() {
    unsafe { win::WSACleanup() }; //~ cleanup_with_open_socket
}

fn open() -> Option<SOCKET> {
    let s = unsafe { win::socket(win::AF_INET as i32, win::SOCK_DGRAM, win::IPPROTO_UDP) };
    (s != win::INVALID_SOCKET).then_some(s)
}

fn close(s: SOCKET) {
    unsafe { c_close(s) }; //~ winsock_not_started
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
    net_exit();
    close(s);
}
