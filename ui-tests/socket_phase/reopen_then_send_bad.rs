//! After a reset the client opens a new socket and the loop sends on it at once, without connect.

use windows::Win32::Networking::WinSock::*;
use windows::core::{Error, HRESULT, Result};

fn last() -> WSA_ERROR {
    unsafe { WSAGetLastError() }
}

fn error(code: WSA_ERROR) -> Error {
    Error::from_hresult(HRESULT::from_win32(code.0 as u32))
}

fn open() -> Result<SOCKET> {
    unsafe { socket(AF_INET.0 as i32, SOCK_STREAM, IPPROTO_TCP.0) }
}

fn dial(addr: &SOCKADDR_IN) -> Result<SOCKET> {
    let s = open()?;
    if unsafe { connect(s, std::ptr::from_ref(addr).cast(), size_of_val(addr) as i32) } == SOCKET_ERROR {
        let code = last();
        unsafe { closesocket(s) };
        return Err(error(code));
    }
    Ok(s)
}

/// Sends the records one by one; a connection that was reset is made anew up to `retries` times.
pub fn push(addr: &SOCKADDR_IN, records: &[&[u8]], mut retries: u32) -> Result<()> {
    let mut s = dial(addr)?;
    let mut next = 0;
    while next < records.len() {
        let sent = unsafe { send(s, records[next], SEND_RECV_FLAGS(0)) }; //~ socket_phase
        if sent != SOCKET_ERROR {
            next += 1;
            continue;
        }
        let code = last();
        unsafe { closesocket(s) };
        if code != WSAECONNRESET || retries == 0 {
            return Err(error(code));
        }
        retries -= 1;
        s = open()?;
    }
    unsafe { shutdown(s, SD_SEND) };
    unsafe { closesocket(s) };
    Ok(())
}
