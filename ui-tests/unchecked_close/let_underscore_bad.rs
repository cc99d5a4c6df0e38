//! The `windows` crate: `let _ =` on the error path and on the good one.

use windows::Win32::Networking::WinSock::{AF_INET, SOCK_STREAM, SOCKADDR_IN, SOCKET_ERROR, WSAGetLastError, bind, closesocket, socket};
use windows::core::Result;

pub fn port_is_free(port: u16) -> Result<bool> {
    let s = unsafe { socket(AF_INET.0.into(), SOCK_STREAM, 0) }?;
    let addr = SOCKADDR_IN { sin_family: AF_INET, sin_port: port.to_be(), ..Default::default() };
    if unsafe { bind(s, (&raw const addr).cast(), size_of::<SOCKADDR_IN>() as i32) } == SOCKET_ERROR {
        println!("port {port}: {:?}", unsafe { WSAGetLastError() });
        let _ = unsafe { closesocket(s) }; //~ unchecked_close
        return Ok(false);
    }
    let _ = unsafe { closesocket(s) }; //~ unchecked_close
    Ok(true)
}
