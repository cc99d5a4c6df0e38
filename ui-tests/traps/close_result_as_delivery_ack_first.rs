//! `delivered` is decided by the peer's acknowledgement; the checked lingering close after it only raises a warning.

use windows_sys::Win32::Networking::WinSock as ws;

pub struct Delivery {
    pub delivered: bool,
    pub warnings: Vec<String>,
}

fn last() -> i32 {
    unsafe { ws::WSAGetLastError() }
}

/// Sends one record over a connected blocking socket, takes the answer byte and closes.
pub fn deliver_record(s: ws::SOCKET, record: &[u8]) -> Delivery {
    let mut out = Delivery { delivered: false, warnings: Vec::new() };
    let linger = ws::LINGER { l_onoff: 1, l_linger: 2 };
    if unsafe { ws::setsockopt(s, ws::SOL_SOCKET, ws::SO_LINGER, (&raw const linger).cast(), 4) } != 0 {
        out.warnings.push(format!("SO_LINGER: {}", last()));
    }
    let mut ack = [0u8; 1];
    out.delivered = unsafe {
        ws::send(s, record.as_ptr(), record.len() as i32, 0) == record.len() as i32
            && ws::recv(s, ack.as_mut_ptr(), 1, 0) == 1
            && ack[0] == 0x06
    };
    if unsafe { ws::closesocket(s) } != 0 {
        out.warnings.push(format!("close: {}", last()));
    }
    out
}
