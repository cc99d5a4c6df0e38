//! What comes before WSAStartup needs none: byte order, and the thread's error code.

use windows_sys::Win32::Networking::WinSock::*;

fn main() {
    let port = unsafe { htons(5353) };
    let any = unsafe { htonl(INADDR_ANY) };
    unsafe { WSASetLastError(0) };
    let before = unsafe { WSAGetLastError() };
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    let code = unsafe { WSAStartup(0x202, &mut data) };
    if code != 0 {
        eprintln!("WSAStartup: {code}");
        return;
    }
    let s = unsafe { socket(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP) };
    if s != INVALID_SOCKET {
        let mut addr: SOCKADDR_IN = unsafe { std::mem::zeroed() };
        addr.sin_family = AF_INET;
        addr.sin_port = port;
        addr.sin_addr.S_un.S_addr = any;
        let res = unsafe { bind(s, (&raw const addr).cast(), size_of::<SOCKADDR_IN>() as i32) };
        println!("bind: {res} (last error before: {before})");
        unsafe { closesocket(s) };
    }
    unsafe { WSACleanup() };
    let port = unsafe { ntohs(port) };
    println!("port {port}");
}
