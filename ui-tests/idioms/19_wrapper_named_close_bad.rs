//! A wrapper named close closes the socket; so does the call behind it.

mod sys {
    use windows_sys::Win32::Networking::WinSock::{self as ws, SOCKET};

    pub unsafe fn socket() -> Option<SOCKET> {
        match ws::socket(ws::AF_INET as i32, ws::SOCK_DGRAM, 0) {
            ws::INVALID_SOCKET => None,
            s => Some(s),
        }
    }

    pub unsafe fn close(s: SOCKET) {
        ws::closesocket(s);
    }
}

use windows_sys::Win32::Networking::WinSock::{IP_TTL, IPPROTO_IP, setsockopt};

pub fn ttl_supported(ttl: u32) -> bool {
    unsafe {
        let Some(s) = sys::socket() else { return false };
        if setsockopt(s, IPPROTO_IP, IP_TTL, (&raw const ttl).cast(), 4) != 0 {
            sys::close(s);
            return false;
        }
        sys::close(s);
        sys::close(s); //~ double_close
        true
    }
}
