//! The windows crate: an upload tries its servers in turn and shuts down the one that took the data.

use windows::Win32::Networking::WinSock::*;
use windows::core::Result;

#[derive(Debug)]
pub enum Upload {
    Taken { server: usize, bytes: usize },
    Refused,
}

pub fn upload(servers: &[SOCKADDR_IN], data: &[u8]) -> Result<Upload> {
    for (server, addr) in servers.iter().enumerate() {
        let s = unsafe { socket(AF_INET.0 as i32, SOCK_STREAM, IPPROTO_TCP.0) }?;
        if unsafe { connect(s, (&raw const *addr).cast::<SOCKADDR>(), size_of::<SOCKADDR_IN>() as i32) } == SOCKET_ERROR {
            unsafe { closesocket(s) };
            continue;
        }
        let n = unsafe { send(s, data, SEND_RECV_FLAGS(0)) };
        unsafe { shutdown(s, SD_SEND) };
        let mut ack = [0u8; 1];
        unsafe { recv(s, &mut ack, SEND_RECV_FLAGS(0)) };
        unsafe { closesocket(s) };
        if n > 0 {
            return Ok(Upload::Taken { server, bytes: n as usize });
        }
    }
    Ok(Upload::Refused)
}
