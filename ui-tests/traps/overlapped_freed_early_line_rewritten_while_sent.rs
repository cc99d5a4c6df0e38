//! The next line is written when the one before has been sent.

use std::fmt::Write;
use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{SOCKET, SOCKET_ERROR, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSAGetOverlappedResult, WSASend};
use windows_sys::Win32::System::IO::OVERLAPPED;

pub unsafe fn send_table(s: SOCKET, rows: &[(u32, String)]) -> Result<(), i32> {
    let mut overlapped = OVERLAPPED::default();
    let mut line = String::from("number,name\n");
    for next in rows.iter().map(Some).chain([None]) {
        let data = WSABUF { len: line.len() as u32, buf: line.as_mut_ptr() };
        if WSASend(s, &data, 1, null_mut(), 0, &mut overlapped, None) == SOCKET_ERROR {
            let code = WSAGetLastError();
            if code != WSA_IO_PENDING {
                return Err(code);
            }
        }
        let (mut n, mut flags) = (0, 0);
        if WSAGetOverlappedResult(s, &overlapped, &mut n, 1, &mut flags) == 0 {
            return Err(WSAGetLastError());
        }
        if let Some((number, name)) = next {
            line.clear();
            let _ = write!(line, "{number},{name}\n");
        }
    }
    Ok(())
}
