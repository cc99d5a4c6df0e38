//! The buffer gets its final size before the receive starts.

use std::mem::zeroed;
use std::ptr::null_mut;
use winapi::shared::ws2def::WSABUF;
use winapi::um::minwinbase::OVERLAPPED;
use winapi::um::winsock2 as w;

pub fn read_packet(s: w::SOCKET, body_len: usize) -> Option<Vec<u8>> {
    let mut packet = vec![0u8; 8];
    packet.resize(8 + body_len, 0);
    unsafe {
        let mut overlapped: OVERLAPPED = zeroed();
        let mut head = WSABUF { len: 8, buf: packet.as_mut_ptr() as *mut i8 };
        let (mut n, mut flags) = (0u32, 0u32);
        let r = w::WSARecv(s, &mut head, 1, null_mut(), &mut flags, &mut overlapped, None);
        if r == w::SOCKET_ERROR && w::WSAGetLastError() != w::WSA_IO_PENDING as i32 {
            return None;
        }
        if w::WSAGetOverlappedResult(s, &mut overlapped, &mut n, 1, &mut flags) == 0 {
            return None;
        }
    }
    Some(packet)
}
