//! The `windows` crate: `?` leaves between the start of a send and the wait for it.

use std::error::Error;
use windows::Win32::Foundation::HANDLE;
use windows::Win32::Networking::WinSock::*;
use windows::Win32::System::IO::OVERLAPPED;
use windows::core::PSTR;

pub fn send_port(s: SOCKET, event: HANDLE, port: &str) -> Result<u16, Box<dyn Error>> {
    let mut message = port.as_bytes().to_vec();
    let mut overlapped = OVERLAPPED { hEvent: event, ..Default::default() };
    let data = [WSABUF { len: message.len() as u32, buf: PSTR(message.as_mut_ptr()) }];
    let r = unsafe { WSASend(s, &data, None, 0, Some(&mut overlapped), None) }; //~ overlapped_freed_early
    if r == SOCKET_ERROR && unsafe { WSAGetLastError() } != WSA_IO_PENDING {
        return Err(std::io::Error::last_os_error().into());
    }
    let number = port.parse()?;
    let (mut sent, mut flags) = (0, 0);
    unsafe { WSAGetOverlappedResult(s, &overlapped, &mut sent, true, &mut flags) }?;
    Ok(number)
}
