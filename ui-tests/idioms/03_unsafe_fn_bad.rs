//! An `unsafe fn` without inner blocks; the datagram goes out after the close.

use winapi::um::winsock2::{INVALID_SOCKET, SOCK_DGRAM, WSAGetLastError, closesocket, sendto, socket};
use winapi::shared::ws2def::{AF_INET, SOCKADDR, SOCKADDR_IN};

pub unsafe fn notify(to: &SOCKADDR_IN, text: &[u8]) -> Result<i32, i32> {
    let s = socket(AF_INET, SOCK_DGRAM, 0);
    if s == INVALID_SOCKET {
        return Err(WSAGetLastError());
    }
    let to = to as *const SOCKADDR_IN as *const SOCKADDR;
    closesocket(s);
    let sent = sendto(s, text.as_ptr().cast(), text.len() as i32, 0, to, size_of::<SOCKADDR_IN>() as i32); //~ use_after_close
    if sent < 0 { Err(WSAGetLastError()) } else { Ok(sent) }
}
