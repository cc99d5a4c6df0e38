//! The `windows` crate: the head of TransmitFile is dropped when all is sent.

use windows::Win32::Foundation::HANDLE;
use windows::Win32::Networking::WinSock::{SOCKET, TF_USE_KERNEL_APC, TRANSMIT_FILE_BUFFERS, TransmitFile, WSA_IO_PENDING, WSAGetLastError};
use windows::Win32::System::IO::{GetOverlappedResult, OVERLAPPED};
use windows::core::{Error, Result};

pub unsafe fn respond(s: SOCKET, file: HANDLE, len: u32) -> Result<u32> {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {len}\r\n\r\n").into_bytes();
    let buffers = TRANSMIT_FILE_BUFFERS {
        Head: head.as_ptr().cast_mut().cast(),
        HeadLength: head.len() as u32,
        ..Default::default()
    };
    let mut overlapped = OVERLAPPED::default();
    let ok = TransmitFile(s, file, len, 0, Some(&mut overlapped), Some(&buffers), TF_USE_KERNEL_APC);
    if !ok.as_bool() && WSAGetLastError() != WSA_IO_PENDING {
        return Err(Error::from_thread());
    }
    let mut sent = 0;
    GetOverlappedResult(HANDLE(s.0 as _), &overlapped, &mut sent, true)?;
    drop(head);
    Ok(sent)
}
