//! The `windows` crate: WSASendDisconnect on an ATM socket.

use windows::Win32::Networking::WinSock::{AF_ATM, ATMPROTO_AAL5, SEND_RECV_FLAGS, SOCK_RAW, SOCKADDR, SOCKET, SOCKET_ERROR, WSA_FLAG_OVERLAPPED, WSASendDisconnect, WSASocketW, closesocket, connect, recv, send};
use windows::core::{Error, Result};

struct Circuit(SOCKET);

impl Drop for Circuit {
    fn drop(&mut self) {
        unsafe { closesocket(self.0) };
    }
}

fn check(r: i32) -> Result<i32> {
    if r == SOCKET_ERROR { Err(Error::from_thread()) } else { Ok(r) }
}

pub unsafe fn exchange(addr: *const SOCKADDR, len: i32, data: &[u8]) -> Result<[u8; 8]> {
    let mut answer = [0; 8];
    unsafe {
        let vc = Circuit(WSASocketW(AF_ATM.into(), SOCK_RAW.0, ATMPROTO_AAL5 as i32, None, 0, WSA_FLAG_OVERLAPPED)?);
        check(connect(vc.0, addr, len))?;
        check(send(vc.0, data, SEND_RECV_FLAGS(0)))?;
        check(WSASendDisconnect(vc.0, None))?; //~ atm_half_close
        check(recv(vc.0, &mut answer, SEND_RECV_FLAGS(0)))?;
    }
    Ok(answer)
}
