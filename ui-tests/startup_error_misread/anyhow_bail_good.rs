//! anyhow: the text of `bail!` names the code that WSAStartup returned.

use anyhow::{Result, bail};
use windows_sys::Win32::Networking::WinSock::{self as win, WSADATA};

/// Starts Winsock 2.2 for the rest of the process.
pub fn require_winsock() -> Result<()> {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    let code = unsafe { win::WSAStartup(0x0202, &mut data) };
    if code != 0 {
        bail!("WSAStartup failed: {code}");
    }
    if data.wVersion != 0x0202 {
        let version = data.wVersion;
        unsafe { win::WSACleanup() };
        bail!("Winsock is only {}.{}", version & 0xff, version >> 8);
    }
    Ok(())
}
