//! With the wait option the socket is drained, and that goes out as the delivery.

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
    if wait && report.sent && shutdown(s, SD_SEND) == 0 {
        let mut byte = 0u8;
        report.delivered = recv(s, &mut byte, 1, 0) == 0;
    }
    closesocket(s);
    report
}
