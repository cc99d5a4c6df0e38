//! A datagram socket: sendto when fresh, recvfrom after it, connect twice, send.

use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, connect, INVALID_SOCKET, recvfrom, send, sendto, SOCK_DGRAM, SOCKADDR_IN, socket};

const LEN: i32 = size_of::<SOCKADDR_IN>() as i32;

pub fn discover(broadcast: &SOCKADDR_IN, logs: &[SOCKADDR_IN; 2]) -> Option<u8> {
    let s = unsafe { socket(AF_INET as i32, SOCK_DGRAM, 0) };
    if s == INVALID_SOCKET {
        return None;
    }
    let mut answer = 0u8;
    let mut found = None;
    unsafe {
        if sendto(s, b"?".as_ptr(), 1, 0, (&raw const *broadcast).cast(), LEN) == 1
            && recvfrom(s, &mut answer, 1, 0, null_mut(), null_mut()) == 1
        {
            found = Some(answer);
        }
        for log in logs {
            if connect(s, (&raw const *log).cast(), LEN) == 0 {
                send(s, &answer, 1, 0);
            }
        }
        closesocket(s);
    }
    found
}
