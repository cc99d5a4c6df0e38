//! The `windows` crate: everything that can fail comes before the start of the send.

use std::error::Error;
use windows::Win32::Foundation::HANDLE;
use windows::Win32::Networking::WinSock::*;
use windows::Win32::System::IO::OVERLAPPED;
use windows::core::PSTR;

pub fn send_port(s: SOCKET, event: HANDLE, port: &str) -> Result<u16, Box<dyn Error>> {
    let mut message = port.as_bytes().to_vec();
    let mut overlapped = OVERLAPPED { hEvent: event, ..Default::default() };
    let data = [WSABUF { len: message.len() as u32, buf: PSTR(message.as_mut_ptr()) }];
    let number = port.parse()?;
    let r = unsafe { WSASend(s, &data, None, 0, Some(&mut overlapped), None) };
    if r == SOCKET_ERROR && unsafe { WSAGetLastError() } != WSA_IO_PENDING {
        return Err(std::io::Error::last_os_error().into());
    }
    let (mut sent, mut flags) = (0, 0);
    unsafe { WSAGetOverlappedResult(s, &overlapped, &mut sent, true, &mut flags) }?;
    Ok(number)
}
