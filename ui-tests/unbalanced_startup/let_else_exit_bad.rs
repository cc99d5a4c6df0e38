//! The let-else exit for a name that is not UTF-8 leaves Winsock started.

use windows::Win32::Networking::WinSock::*;
use windows::core::{Error, HRESULT};

#[derive(Debug)]
pub enum NameError {
    Startup(i32),
    Call(Error),
    NotText,
}

fn trimmed(raw: &[u8]) -> &[u8] {
    let end = raw.iter().position(|b| *b == 0).unwrap_or(raw.len());
    &raw[..end]
}

pub fn name() -> Result<String, NameError> {
    let mut data = WSADATA::default();
    let code = unsafe { WSAStartup(0x202, &mut data) }; //~ unbalanced_startup
    if code != 0 {
        return Err(NameError::Startup(code));
    }
    let mut raw = [0u8; 128];
    if unsafe { gethostname(&mut raw) } == SOCKET_ERROR {
        let code = unsafe { WSAGetLastError() }.0 as u32;
        unsafe { WSACleanup() };
        return Err(NameError::Call(Error::from_hresult(HRESULT::from_win32(code))));
    }
    let Ok(text) = str::from_utf8(trimmed(&raw)) else {
        return Err(NameError::NotText);
    };
    unsafe { WSACleanup() };
    Ok(text.to_owned())
}
