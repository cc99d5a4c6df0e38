//! The helper asserts that there is a socket.

use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, INVALID_SOCKET, IPPROTO_UDP, sendto, SOCK_DGRAM, SOCKADDR_IN, SOCKET, socket};

fn new_udp() -> SOCKET {
    let s = unsafe { socket(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP) };
    assert_ne!(s, INVALID_SOCKET, "out of sockets");
    s
}

pub fn wake(to: &SOCKADDR_IN, packet: &[u8; 102]) -> bool {
    let len = std::mem::size_of::<SOCKADDR_IN>() as i32;
    let s = new_udp();
    unsafe {
        let n = sendto(s, packet.as_ptr(), 102, 0, (to as *const SOCKADDR_IN).cast(), len);
        closesocket(s);
        n == 102
    }
}
