//! The pause between the last send and the close of the ATM socket is in a helper.

use std::time::Duration;
use windows_sys::Win32::Networking::WinSock as ws;

fn let_data_arrive(millis: u64) {
    std::thread::sleep(Duration::from_millis(millis));
}

pub unsafe fn push(addr: *const ws::SOCKADDR, len: i32, cell: &[u8]) -> bool {
    let s = ws::socket(ws::AF_ATM as i32, ws::SOCK_RAW, ws::ATMPROTO_AAL5 as i32);
    if s == ws::INVALID_SOCKET {
        return false;
    }
    let mut sent = false;
    if ws::connect(s, addr, len) == 0 {
        sent = ws::send(s, cell.as_ptr(), cell.len() as i32, 0) == cell.len() as i32;
        let_data_arrive(300);
        ws::shutdown(s, ws::SD_BOTH);
    }
    ws::closesocket(s);
    sent
}
