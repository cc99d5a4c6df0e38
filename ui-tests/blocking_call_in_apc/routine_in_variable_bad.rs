//! The routine reaches WSASendTo through a variable; it repeats the datagram with sendto.

use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{
    LPWSAOVERLAPPED_COMPLETION_ROUTINE as Routine, sendto, SOCKADDR, SOCKADDR_IN, SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSASendTo,
};
use windows_sys::Win32::System::IO::OVERLAPPED;

const ADDR_LEN: i32 = size_of::<SOCKADDR_IN>() as i32;

#[repr(C)]
pub struct Announcement {
    overlapped: OVERLAPPED,
    socket: SOCKET,
    group: SOCKADDR_IN,
    text: [u8; 128],
}

unsafe extern "system" fn repeat(error: u32, bytes: u32, overlapped: *mut OVERLAPPED, _: u32) {
    let that = overlapped.cast::<Announcement>();
    if error == 0 {
        let to: *const SOCKADDR = (&raw const (*that).group).cast();
        sendto((*that).socket, (&raw const (*that).text).cast(), bytes as i32, 0, to, ADDR_LEN); //~ blocking_call_in_apc
    }
}

/// `that` is never freed.
pub unsafe fn announce(that: *mut Announcement, twice: bool) -> bool {
    let routine: Routine = if twice { Some(repeat) } else { None };
    let data = WSABUF { len: 128, buf: (&raw mut (*that).text).cast() };
    let to: *const SOCKADDR = (&raw const (*that).group).cast();
    let r = WSASendTo((*that).socket, &data, 1, null_mut(), 0, to, ADDR_LEN, &raw mut (*that).overlapped, routine);
    r == 0 || WSAGetLastError() == WSA_IO_PENDING
}
