//! A helper returns the result as it is, and its caller uses it as it is.

use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, IPPROTO_UDP, sendto, SOCK_DGRAM, SOCKADDR_IN, SOCKET, socket};

fn new_udp() -> SOCKET {
    unsafe { socket(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP) }
}

pub fn wake(to: &SOCKADDR_IN, packet: &[u8; 102]) -> bool {
    let len = std::mem::size_of::<SOCKADDR_IN>() as i32;
    let s = new_udp();
    unsafe {
        let n = sendto(s, packet.as_ptr(), 102, 0, (to as *const SOCKADDR_IN).cast(), len); //~ unchecked_socket
        closesocket(s);
        n == 102
    }
}
