//! anyhow: ensure! and let-else come after the wait.

use anyhow::{bail, ensure};
use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSAGetOverlappedResult, WSARecv};
use windows_sys::Win32::System::IO::OVERLAPPED;

pub struct Limits {
    pub max: Option<u32>,
}

pub fn read_len(s: SOCKET, limits: &Limits) -> anyhow::Result<u32> {
    let mut prefix = [0u8; 4];
    let mut overlapped = OVERLAPPED::default();
    let data = WSABUF { len: 4, buf: &raw mut prefix[0] };
    let (mut n, mut flags) = (0, 0);
    let r = unsafe { WSARecv(s, &data, 1, null_mut(), &mut flags, &mut overlapped, None) };
    if r != 0 && unsafe { WSAGetLastError() } != WSA_IO_PENDING {
        bail!(std::io::Error::last_os_error());
    }
    let ok = unsafe { WSAGetOverlappedResult(s, &overlapped, &mut n, 1, &mut flags) };
    let Some(max) = limits.max else { return Ok(0) };
    ensure!(max < 1 << 24, "limit of {max} bytes is too high");
    ensure!(ok != 0 && n == 4, "no length");
    Ok(u32::from_be_bytes(prefix).min(max))
}
