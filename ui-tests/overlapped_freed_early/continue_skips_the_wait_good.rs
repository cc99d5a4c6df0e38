//! Every way through an iteration waits before its OVERLAPPED ends.

use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSAGetOverlappedResult, WSASend};
use windows_sys::Win32::System::IO::OVERLAPPED;

pub struct Page {
    pub bytes: &'static [u8],
    pub urgent: bool,
}

pub unsafe fn send_pages(s: SOCKET, pages: &[Page]) -> Result<u32, i32> {
    let mut total = 0;
    for page in pages {
        let mut overlapped = OVERLAPPED::default();
        let data = WSABUF { len: page.bytes.len() as u32, buf: page.bytes.as_ptr().cast_mut() };
        let (mut n, mut flags) = (0, 0);
        if WSASend(s, &data, 1, null_mut(), 0, &mut overlapped, None) != 0 {
            let code = WSAGetLastError();
            if code != WSA_IO_PENDING {
                return Err(code);
            }
        }
        if WSAGetOverlappedResult(s, &overlapped, &mut n, 1, &mut flags) == 0 {
            return Err(WSAGetLastError());
        }
        if !page.urgent {
            continue;
        }
        total += n;
    }
    Ok(total)
}
