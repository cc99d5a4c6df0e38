//! With the wait option the socket lingers, and the close's result goes out as the delivery.

use windows_sys::Win32::Networking::WinSock::*;

pub struct Report {
    pub sent: bool,
    pub delivered: bool,
}

pub unsafe fn notify(addr: *const SOCKADDR, len: i32, text: &[u8], wait: bool) -> Report {
    let mut report = Report { sent: false, delivered: false };
    let s = socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP);
    if s == INVALID_SOCKET {
        return report;
    }
    if wait {
        let linger = LINGER { l_onoff: u16::from(wait), l_linger: 5 };
        setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), 4);
    }
    if connect(s, addr, len) != 0 {
        closesocket(s);
        return report;
    }
    report.sent = send(s, text.as_ptr(), text.len() as i32, 0) == text.len() as i32;
    let closed = closesocket(s); //~ close_result_as_delivery
    if wait {
        report.delivered = report.sent && closed == 0;
    }
    report
}
