//! windows crate: an option that was set is taken for one that was not.

use windows::core::{Error, HRESULT, Result};
use windows::Win32::Networking::WinSock::*;

pub fn set_nodelay(s: SOCKET, nodelay: bool) -> Result<()> {
    let value = i32::from(nodelay).to_ne_bytes();
    let res = unsafe { setsockopt(s, IPPROTO_TCP.0, TCP_NODELAY, Some(&value)) };
    if res == 0 { //~ inverted_check
        let code = unsafe { WSAGetLastError() };
        return Err(Error::from_hresult(HRESULT::from_win32(code.0 as u32)));
    }
    Ok(())
}
