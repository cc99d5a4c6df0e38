//! The loop sends all cells, and SD_BOTH follows the last one directly.

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
    unsafe { ws::shutdown(s, ws::SD_BOTH) }; //~ atm_close_after_send
    Some(s)
}
