//! WSASend on an ATM socket of WSASocketW, and closesocket in the same breath.

use std::ptr::{null, null_mut};
use windows_sys::Win32::Networking::WinSock::{AF_ATM, ATMPROTO_AALUSER, closesocket, INVALID_SOCKET, SOCK_RAW, SOCKADDR, WSABUF, WSAConnect, WSASend, WSASocketW};

pub fn hand_over(addr: *const SOCKADDR, len: i32, head: &mut [u8], body: &mut [u8]) -> u32 {
    let parts = [head, body].map(|part| WSABUF { len: part.len() as u32, buf: part.as_mut_ptr() });
    let mut sent = 0;
    unsafe {
        let s = WSASocketW(AF_ATM as i32, SOCK_RAW, ATMPROTO_AALUSER as i32, null(), 0, 0);
        if s == INVALID_SOCKET {
            return 0;
        }
        if WSAConnect(s, addr, len, null(), null_mut(), null(), null()) == 0 {
            if WSASend(s, parts.as_ptr(), 2, &mut sent, 0, null_mut(), None) != 0 {
                sent = 0;
            }
        }
        closesocket(s); //~ atm_close_after_send
    }
    sent
}
