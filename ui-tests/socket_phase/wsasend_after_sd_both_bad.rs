//! WSASend after shutdown with SD_BOTH.

use windows::Win32::Networking::WinSock::*;
use windows::core::{Error, PSTR, Result};

fn check(r: i32) -> Result<()> {
    if r == SOCKET_ERROR { Err(Error::from_thread()) } else { Ok(()) }
}

pub fn refuse(listener: SOCKET) -> Result<u32> {
    let mut sent = 0;
    let mut text = *b"421 too many connections\r\n";
    let buffers = [WSABUF { len: text.len() as u32, buf: PSTR(text.as_mut_ptr()) }];
    let client = unsafe { accept(listener, None, None) }?;
    let outcome = check(unsafe { shutdown(client, SD_BOTH) })
        .and_then(|()| check(unsafe { WSASend(client, &buffers, Some(&mut sent), 0, None, None) })); //~ socket_phase
    unsafe { closesocket(client) };
    outcome.map(|()| sent)
}
