//! windows crate: SOCKET_ERROR says that the option was not set.

use windows::core::{Error, HRESULT, Result};
use windows::Win32::Networking::WinSock::*;

pub fn set_nodelay(s: SOCKET, nodelay: bool) -> Result<()> {
    let value = i32::from(nodelay).to_ne_bytes();
    let res = unsafe { setsockopt(s, IPPROTO_TCP.0, TCP_NODELAY, Some(&value)) };
    if res == SOCKET_ERROR {
        let code = unsafe { WSAGetLastError() };
        return Err(Error::from_hresult(HRESULT::from_win32(code.0 as u32)));
    }
    Ok(())
}
