//! The configuration keeps `linger_ms`, and the milliseconds go into l_linger unconverted.

use windows::Win32::Networking::WinSock::{
    AF_INET, IPPROTO_TCP, LINGER, SO_LINGER, SOCK_STREAM, SOCKET, SOL_SOCKET, WSAGetLastError, closesocket,
    setsockopt, socket,
};
use windows::core::{Error, HRESULT, Result};

pub struct Config {
    /// How long closing may take, in milliseconds.
    pub linger_ms: Option<u32>,
}

fn bytes_of(linger: &LINGER) -> &[u8] {
    unsafe { std::slice::from_raw_parts(std::ptr::from_ref(linger).cast(), size_of::<LINGER>()) }
}

fn set_linger(s: SOCKET, linger: &LINGER) -> Result<()> {
    if unsafe { setsockopt(s, SOL_SOCKET, SO_LINGER, Some(bytes_of(linger))) } != 0 {
        let code = unsafe { WSAGetLastError() };
        return Err(Error::from_hresult(HRESULT::from_win32(code.0 as u32)));
    }
    Ok(())
}

impl Config {
    /// The caller closes the socket.
    pub fn stream(&self) -> Result<SOCKET> {
        let s = unsafe { socket(AF_INET.0 as i32, SOCK_STREAM, IPPROTO_TCP.0) }?;
        let Some(linger_ms) = self.linger_ms else {
            return Ok(s);
        };
        let linger = LINGER { l_onoff: 1, l_linger: linger_ms as u16 }; //~ linger_units
        match set_linger(s, &linger) {
            Ok(()) => Ok(s),
            Err(e) => {
                unsafe { closesocket(s) };
                Err(e)
            }
        }
    }
}
