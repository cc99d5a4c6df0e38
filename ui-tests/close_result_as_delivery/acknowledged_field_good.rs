//! The `windows` crate: `acknowledged` is set by the peer's end of stream.

use windows::Win32::Networking::WinSock::*;
use windows::core::Result;

pub struct Message {
    pub body: Vec<u8>,
    pub acknowledged: bool,
}

fn linger(secs: u16) -> [u8; 4] {
    unsafe { std::mem::transmute(LINGER { l_onoff: 1, l_linger: secs }) }
}

unsafe fn drained(s: SOCKET) -> bool {
    let mut rest = [0u8; 128];
    loop {
        match recv(s, &mut rest, SEND_RECV_FLAGS(0)) {
            0 => return true,
            SOCKET_ERROR => return false,
            _ => {}
        }
    }
}

pub unsafe fn post(message: &mut Message, addr: &SOCKADDR_IN) -> Result<()> {
    let s = socket(AF_INET.0.into(), SOCK_STREAM, IPPROTO_TCP.0)?;
    setsockopt(s, SOL_SOCKET, SO_LINGER, Some(&linger(6)));
    let connected = connect(s, (addr as *const SOCKADDR_IN).cast(), size_of::<SOCKADDR_IN>() as i32) == 0;
    if !connected || send(s, &message.body, SEND_RECV_FLAGS(0)) != message.body.len() as i32 {
        closesocket(s);
        return Ok(());
    }
    message.acknowledged = shutdown(s, SD_SEND) != SOCKET_ERROR && drained(s);
    closesocket(s);
    Ok(())
}
