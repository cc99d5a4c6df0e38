//! A helper opens the ATM socket, and no half of it is closed.

use std::io;
use std::ptr;
use windows_sys::Win32::Networking::WinSock as ws;

fn open_circuit(addr: *const ws::SOCKADDR, len: i32) -> io::Result<ws::SOCKET> {
    let flags = ws::WSA_FLAG_OVERLAPPED;
    let s = unsafe { ws::WSASocketW(ws::AF_ATM.into(), ws::SOCK_RAW, ws::ATMPROTO_AAL5 as i32, ptr::null(), 0, flags) };
    if s == ws::INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    if unsafe { ws::connect(s, addr, len) } != 0 {
        let err = io::Error::last_os_error();
        unsafe { ws::closesocket(s) };
        return Err(err);
    }
    Ok(s)
}

/// Sends on the result go on.
pub fn open_feed(addr: *const ws::SOCKADDR, len: i32) -> io::Result<ws::SOCKET> {
    let s = open_circuit(addr, len)?;
    let mut ready = [0u8; 1];
    let ok = unsafe {
        ws::recv(s, ready.as_mut_ptr(), 1, 0) == 1
    };
    if !ok {
        let err = io::Error::last_os_error();
        unsafe { ws::closesocket(s) };
        return Err(err);
    }
    Ok(s)
}
