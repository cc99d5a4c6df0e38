//! The `windows` crate returns a Result, but its SOCKET is a plain number all the same.

use windows::Win32::Networking::WinSock::*;
use windows::core::Result;

pub unsafe fn open(addr: &SOCKADDR_IN) -> Result<Option<SOCKET>> {
    let s = WSASocketW(AF_INET.0.into(), SOCK_STREAM.0, IPPROTO_TCP.0, None, 0, WSA_FLAG_OVERLAPPED)?; //~ unclosed_socket
    if bind(s, (addr as *const SOCKADDR_IN).cast(), size_of::<SOCKADDR_IN>() as i32) == SOCKET_ERROR {
        return Ok(None);
    }
    Ok(Some(s))
}
