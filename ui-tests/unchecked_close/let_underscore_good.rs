//! The `windows` crate: both results of closesocket are looked at.

use windows::Win32::Networking::WinSock::{AF_INET, SOCK_STREAM, SOCKADDR_IN, SOCKET_ERROR, WSAGetLastError, bind, closesocket, socket};
use windows::core::{Error, Result};

pub fn port_is_free(port: u16) -> Result<bool> {
    let s = unsafe { socket(AF_INET.0.into(), SOCK_STREAM, 0) }?;
    let addr = SOCKADDR_IN { sin_family: AF_INET, sin_port: port.to_be(), ..Default::default() };
    if unsafe { bind(s, (&raw const addr).cast(), size_of::<SOCKADDR_IN>() as i32) } == SOCKET_ERROR {
        println!("port {port}: {:?}", unsafe { WSAGetLastError() });
        return match unsafe { closesocket(s) } {
            0 => Ok(false),
            _ => Err(Error::from_thread()),
        };
    }
    if unsafe { closesocket(s) } == SOCKET_ERROR {
        return Err(Error::from_thread());
    }
    Ok(true)
}
