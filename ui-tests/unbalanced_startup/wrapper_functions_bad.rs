//! `start` and `stop` wrap the pair; one exit of their user skips `stop`.

use std::io;
use windows_sys::Win32::Networking::WinSock::*;

fn start() -> io::Result<()> {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    let code = unsafe { WSAStartup(0x202, &mut data) }; //~ unbalanced_startup
    if code == 0 { Ok(()) } else { Err(io::Error::from_raw_os_error(code)) }
}

fn stop() {
    unsafe { WSACleanup() };
}

pub fn protocol_count(limit: usize) -> io::Result<usize> {
    start()?;
    let mut table: Vec<WSAPROTOCOL_INFOW> = vec![unsafe { std::mem::zeroed() }; limit];
    let mut bytes = (limit * size_of::<WSAPROTOCOL_INFOW>()) as u32;
    let count = unsafe { WSAEnumProtocolsW(std::ptr::null(), table.as_mut_ptr(), &mut bytes) };
    if count == SOCKET_ERROR {
        return Err(io::Error::last_os_error());
    }
    stop();
    Ok(count as usize)
}
