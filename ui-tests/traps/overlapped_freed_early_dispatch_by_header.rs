//! The port's thread gets the OVERLAPPED back and finds its owner's free function in a header.

use std::ptr::null_mut;
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::*;
use windows_sys::Win32::System::IO::{GetQueuedCompletionStatusEx, OVERLAPPED, OVERLAPPED_ENTRY};
use windows_sys::Win32::System::Threading::INFINITE;

#[repr(C)]
struct Header {
    overlapped: OVERLAPPED,
    free: unsafe fn(*mut Header),
}

#[repr(C)]
struct Write {
    header: Header,
    text: String,
}

unsafe fn free_write(header: *mut Header) {
    drop(Box::from_raw(header.cast::<Write>()));
}

pub unsafe fn write(s: SOCKET, text: String) -> Result<(), WSA_ERROR> {
    let header = Header { overlapped: OVERLAPPED::default(), free: free_write };
    let op = Box::leak(Box::new(Write { header, text }));
    let data = WSABUF { len: op.text.len() as u32, buf: op.text.as_mut_ptr() };
    let raw: *mut Write = op;
    if WSASend(s, &data, 1, null_mut(), 0, raw.cast(), None) == SOCKET_ERROR {
        let code = WSAGetLastError();
        if code != WSA_IO_PENDING {
            free_write(raw.cast());
            return Err(code);
        }
    }
    Ok(())
}

pub unsafe fn turn(port: HANDLE) -> u32 {
    let mut entries = [OVERLAPPED_ENTRY::default(); 16];
    let mut n = 0;
    if GetQueuedCompletionStatusEx(port, entries.as_mut_ptr(), 16, &mut n, INFINITE, 0) == 0 {
        return 0;
    }
    for entry in &entries[..n as usize] {
        let header = entry.lpOverlapped.cast::<Header>();
        let free = (*header).free;
        free(header);
    }
    n
}
