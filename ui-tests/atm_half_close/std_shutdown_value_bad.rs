//! The windows crate: std's Shutdown value decides how an ATM circuit is shut down, so it may be one side only.

use std::net::Shutdown;
use windows::Win32::Networking::WinSock::{
    AF_ATM, ATMPROTO_AAL5, SD_BOTH, SD_SEND, SEND_RECV_FLAGS, SOCK_RAW, SOCKADDR, SOCKADDR_ATM, SOCKET, WSAGetLastError, closesocket, connect, recv,
    send, shutdown, socket,
};
use windows::core::{Error, HRESULT, Result};

fn wsa() -> Error {
    Error::from_hresult(HRESULT::from_win32(unsafe { WSAGetLastError() }.0 as u32))
}

struct Vc {
    socket: SOCKET,
}

impl Vc {
    fn send(&self, cells: &[u8]) -> Result<()> {
        match unsafe { send(self.socket, cells, SEND_RECV_FLAGS(0)) } {
            n if n < 0 => Err(wsa()),
            _ => Ok(()),
        }
    }
}

impl Drop for Vc {
    fn drop(&mut self) {
        unsafe { closesocket(self.socket) };
    }
}

pub fn stream_cells<'a>(to: &SOCKADDR_ATM, end: Shutdown, frames: impl Iterator<Item = &'a [u8]>) -> Result<u8> {
    let socket = unsafe { socket(AF_ATM as i32, SOCK_RAW, ATMPROTO_AAL5 as i32) }?;
    let vc = Vc { socket };
    if unsafe { connect(vc.socket, (&raw const *to).cast::<SOCKADDR>(), size_of::<SOCKADDR_ATM>() as i32) } != 0 {
        return Err(wsa());
    }
    for frame in frames {
        vc.send(frame)?;
    }
    let mut status = [0u8; 1];
    unsafe { recv(vc.socket, &mut status, SEND_RECV_FLAGS(0)) };
    let how = match end {
        Shutdown::Write => SD_SEND,
        _ => SD_BOTH,
    };
    if unsafe { shutdown(vc.socket, how) } != 0 { //~ atm_half_close
        return Err(wsa());
    }
    Ok(status[0])
}
