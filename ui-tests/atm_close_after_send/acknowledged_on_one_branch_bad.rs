//! Only one branch waits for the acknowledgement; the other one closes directly after the send.

use winapi::shared::ws2def::{AF_ATM, SOCKADDR};
use winapi::um::winsock2::{closesocket, connect, INVALID_SOCKET, recv, send, SOCK_RAW, socket};

pub unsafe fn report(addr: *const SOCKADDR, len: i32, line: &[u8], want_ack: bool) -> bool {
    let s = socket(AF_ATM, SOCK_RAW, 5);
    if s == INVALID_SOCKET {
        return false;
    }
    if connect(s, addr, len) != 0 {
        closesocket(s);
        return false;
    }
    let mut ok = send(s, line.as_ptr().cast(), line.len() as i32, 0) == line.len() as i32;
    if want_ack {
        let mut ack = 0i8;
        ok = recv(s, &mut ack, 1, 0) == 1 && ok;
    }
    closesocket(s); //~ atm_close_after_send
    ok
}
