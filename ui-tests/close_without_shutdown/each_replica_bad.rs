//! A loop tells every replica the same, and closes each connection without shutdown.

use windows_sys::Win32::Networking::WinSock::{AF_INET, INVALID_SOCKET, SOCK_STREAM, SOCKADDR_IN, closesocket, connect, send, socket};

const LEN: i32 = size_of::<SOCKADDR_IN>() as i32;

pub fn tell_all(replicas: &[SOCKADDR_IN], message: &[u8]) -> Vec<bool> {
    let tell = |addr: &SOCKADDR_IN| unsafe {
        let s = socket(AF_INET.into(), SOCK_STREAM, 0);
        if s == INVALID_SOCKET {
            return false;
        }
        let told = 'told: {
            if connect(s, (&raw const *addr).cast(), LEN) != 0 {
                break 'told false;
            }
            send(s, message.as_ptr(), message.len() as i32, 0) > 0
        };
        closesocket(s); //~ close_without_shutdown
        told
    };
    replicas.iter().map(tell).collect()
}
