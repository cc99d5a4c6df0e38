//! The `windows` crate: WSASend on an accepted socket, then closesocket.

use windows::Win32::Networking::WinSock::*;
use windows::core::{Error, PSTR, Result};

pub fn turn_away(listener: SOCKET) -> Result<u32> {
    let mut text = *b"503 busy\r\n";
    let mut sent = 0;
    let client = unsafe { WSAAccept(listener, None, None, None, None) }?;
    let data = WSABUF { len: text.len() as u32, buf: PSTR(text.as_mut_ptr()) };
    let result = match unsafe { WSASend(client, &[data], Some(&mut sent), 0, None, None) } {
        SOCKET_ERROR => Err(Error::from_thread()),
        _ => Ok(sent),
    };
    unsafe { closesocket(client) }; //~ close_without_shutdown
    result
}
