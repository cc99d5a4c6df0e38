//! GetQueuedCompletionStatusEx is called until one of its entries is this operation.

use std::mem::zeroed;
use std::ptr::null_mut;
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSARecv};
use windows_sys::Win32::System::IO::{GetQueuedCompletionStatusEx, OVERLAPPED, OVERLAPPED_ENTRY};
use windows_sys::Win32::System::Threading::INFINITE;

/// The other operations of the port belong to their own threads, which look at their OVERLAPPED themselves.
pub unsafe fn read_block(s: SOCKET, port: HANDLE) -> Option<Vec<u8>> {
    let mut block = vec![0u8; 4096];
    let mut overlapped: Box<OVERLAPPED> = Box::new(zeroed());
    let wanted: *mut OVERLAPPED = &mut *overlapped;
    let data = WSABUF { len: 4096, buf: block.as_mut_ptr() };
    let mut flags = 0;
    let r = WSARecv(s, &data, 1, null_mut(), &mut flags, wanted, None);
    if r != 0 && WSAGetLastError() != WSA_IO_PENDING {
        return None;
    }
    let mut entries: [OVERLAPPED_ENTRY; 8] = zeroed();
    let mut removed = 0;
    loop {
        if GetQueuedCompletionStatusEx(port, entries.as_mut_ptr(), 8, &mut removed, INFINITE, 0) == 0 {
            continue;
        }
        if let Some(entry) = entries[..removed as usize].iter().find(|e| e.lpOverlapped == wanted) {
            block.truncate(entry.dwNumberOfBytesTransferred as usize);
            return Some(block);
        }
    }
}
