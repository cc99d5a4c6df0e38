//! A settings update over ATM is sent and the circuit closed without the peer's acknowledgement.

use std::io;
use winapi::shared::ws2def::{AF_ATM, SOCKADDR};
use winapi::um::winsock2::{INVALID_SOCKET, SOCK_RAW, SOCKET, closesocket, connect, recv, send, socket};

const ATMPROTO_AAL5: i32 = 5;

pub struct Update<'a> {
    pub key: u16,
    pub value: &'a [u8],
}

impl Update<'_> {
    fn encode(&self) -> Vec<u8> {
        let mut out = self.key.to_be_bytes().to_vec();
        out.extend_from_slice(self.value);
        out
    }
}

fn deliver(s: SOCKET, frame: &[u8], ack: &mut [u8; 2]) -> bool {
    if unsafe { send(s, frame.as_ptr().cast(), frame.len() as i32, 0) } != frame.len() as i32 {
        return false;
    }
    ack.fill(0);
    true
}

/// # Safety
/// `to` is an ATM address of `len` bytes.
pub unsafe fn push(to: *const SOCKADDR, len: i32, update: &Update<'_>) -> io::Result<()> {
    let s = unsafe { socket(AF_ATM, SOCK_RAW, ATMPROTO_AAL5) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    if unsafe { connect(s, to, len) } != 0 {
        let err = io::Error::last_os_error();
        unsafe { closesocket(s) };
        return Err(err);
    }
    let mut ack = [0; 2];
    let done = deliver(s, &update.encode(), &mut ack);
    unsafe { closesocket(s) }; //~ atm_close_after_send
    if done { Ok(()) } else { Err(io::ErrorKind::BrokenPipe.into()) }
}
