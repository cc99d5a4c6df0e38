//! The `windows` crate: SD_SEND right after the send, which ATM takes for a half close besides.

use windows::Win32::Networking::WinSock::*;
use windows::core::Result;

pub unsafe fn tell(addr: *const SOCKADDR, len: i32, text: &[u8]) -> Result<u8> {
    unsafe {
        let s = socket(AF_ATM.into(), SOCK_RAW, ATMPROTO_AAL5 as i32)?;
        let mut answer = [0; 1];
        if connect(s, addr, len) == 0 && send(s, text, SEND_RECV_FLAGS(0)) > 0 {
            shutdown(s, SD_SEND); //~ atm_half_close atm_close_after_send
            recv(s, &mut answer, SEND_RECV_FLAGS(0));
        }
        closesocket(s);
        Ok(answer[0])
    }
}
