//! The `windows` crate: WSAPoll waits for the answer, and SD_BOTH ends the connection.

use windows::Win32::Networking::WinSock::*;
use windows::core::Result;

pub unsafe fn tell(addr: *const SOCKADDR, len: i32, text: &[u8]) -> Result<u8> {
    unsafe {
        let s = socket(AF_ATM.into(), SOCK_RAW, ATMPROTO_AAL5 as i32)?;
        let mut answer = [0; 1];
        if connect(s, addr, len) == 0 && send(s, text, SEND_RECV_FLAGS(0)) > 0 {
            let mut poll = WSAPOLLFD { fd: s, events: POLLRDNORM, revents: WSAPOLL_EVENT_FLAGS(0) };
            if WSAPoll(&mut poll, 1, 5000) == 1 {
                recv(s, &mut answer, SEND_RECV_FLAGS(0));
            }
            shutdown(s, SD_BOTH);
        }
        closesocket(s);
        Ok(answer[0])
    }
}
