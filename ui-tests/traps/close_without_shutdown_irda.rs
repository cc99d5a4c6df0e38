//! IrDA defers the close until the data has arrived, and needs no shutdown.

use std::io;
use windows_sys::Win32::Networking::WinSock::{AF_IRDA, closesocket, connect, INVALID_SOCKET, send, SOCK_STREAM, SOCKADDR_IRDA, socket, SOCKET_ERROR};

pub fn beam(device: [u8; 4], card: &[u8]) -> io::Result<()> {
    let mut addr = SOCKADDR_IRDA { irdaAddressFamily: AF_IRDA, irdaDeviceID: device, ..Default::default() };
    for (to, from) in addr.irdaServiceName.iter_mut().zip(b"OBEX\0") {
        *to = *from as i8;
    }
    let s = unsafe { socket(AF_IRDA as i32, SOCK_STREAM, 0) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let mut result = Ok(());
    unsafe {
        if connect(s, (&raw const addr).cast(), size_of::<SOCKADDR_IRDA>() as i32) == SOCKET_ERROR
            || send(s, card.as_ptr(), card.len() as i32, 0) == SOCKET_ERROR
        {
            result = Err(io::Error::last_os_error());
        }
        closesocket(s);
    }
    result
}
