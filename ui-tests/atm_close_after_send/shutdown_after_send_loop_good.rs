//! select waits for the peer's answer between the last cell and SD_BOTH.

use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock as ws;

/// The socket goes back to the caller, who closes it.
pub fn send_cells(addr: *const ws::SOCKADDR, len: i32, cells: &[[u8; 48]]) -> Option<ws::SOCKET> {
    let s = match unsafe { ws::socket(ws::AF_ATM.into(), ws::SOCK_RAW, ws::ATMPROTO_AAL5 as i32) } {
        ws::INVALID_SOCKET => return None,
        s => s,
    };
    if unsafe { ws::connect(s, addr, len) } != 0 {
        unsafe { ws::closesocket(s) };
        return None;
    }
    for cell in cells {
        if unsafe { ws::send(s, cell.as_ptr(), 48, 0) } != 48 {
            break;
        }
    }
    let mut answer = ws::FD_SET { fd_count: 1, ..Default::default() };
    answer.fd_array[0] = s;
    let patience = ws::TIMEVAL { tv_sec: 5, tv_usec: 0 };
    unsafe { ws::select(0, &mut answer, null_mut(), null_mut(), &patience) };
    unsafe { ws::shutdown(s, ws::SD_BOTH) };
    Some(s)
}
