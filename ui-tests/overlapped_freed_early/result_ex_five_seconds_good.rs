//! The `windows` crate: GetOverlappedResultEx waits for as long as it takes.

use windows::Win32::Foundation::HANDLE;
use windows::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSARecv};
use windows::Win32::System::IO::{GetOverlappedResultEx, OVERLAPPED};
use windows::Win32::System::Threading::{CreateEventW, INFINITE};
use windows::core::{Error, Owned, PSTR, Result};

const PATIENCE: u32 = INFINITE;

pub fn read_token(s: SOCKET) -> Result<Vec<u8>> {
    let mut token = vec![0u8; 36];
    let event = unsafe { Owned::new(CreateEventW(None, true, false, None)?) };
    let mut overlapped = OVERLAPPED { hEvent: *event, ..Default::default() };
    let (data, mut flags) = ([WSABUF { len: 36, buf: PSTR(token.as_mut_ptr()) }], 0);
    let r = unsafe { WSARecv(s, &data, None, &mut flags, Some(&mut overlapped), None) };
    if r != 0 && unsafe { WSAGetLastError() } != WSA_IO_PENDING {
        return Err(Error::from_thread());
    }
    let mut n = 0;
    unsafe { GetOverlappedResultEx(HANDLE(s.0 as _), &overlapped, &mut n, PATIENCE, false)? };
    token.truncate(n as usize);
    Ok(token)
}
