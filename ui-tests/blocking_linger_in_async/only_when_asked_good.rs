//! windows crate: the flag that turns the linger timeout on also sends the close to spawn_blocking.

use std::io;
use windows::Win32::Networking::WinSock::*;

pub async fn ping(addr: SOCKADDR_IN, firmly: bool) -> io::Result<bool> {
    let s = unsafe { socket(AF_INET.0.into(), SOCK_STREAM, IPPROTO_TCP.0) }?;
    if firmly {
        let option = LINGER { l_onoff: 1, l_linger: 1 };
        let bytes = unsafe { std::slice::from_raw_parts((&raw const option).cast::<u8>(), size_of::<LINGER>()) };
        unsafe { setsockopt(s, SOL_SOCKET, SO_LINGER, Some(bytes)) };
    }
    let connected = unsafe { connect(s, (&raw const addr).cast(), size_of::<SOCKADDR_IN>() as i32) } == 0;
    let sent = connected && unsafe { send(s, b"PING\r\n", SEND_RECV_FLAGS(0)) } == 6;
    if firmly {
        tokio::task::spawn_blocking(move || unsafe { closesocket(s) }).await?;
    } else {
        unsafe { closesocket(s) };
    }
    Ok(sent)
}
