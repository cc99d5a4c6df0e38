//! A closure collects the errors of the exchange; the socket is closed before either arm runs WSACleanup.

use windows::Win32::Networking::WinSock::{
    AF_INET, IPPROTO_TCP, SEND_RECV_FLAGS, SOCK_STREAM, SOCKADDR_IN, SOCKET_ERROR, WSACleanup, WSADATA,
    WSAGetLastError, WSAStartup, closesocket, connect, recv, send, socket,
};
use windows::core::{Error, HRESULT, Result};

fn win32(code: i32) -> Error {
    Error::from_hresult(HRESULT::from_win32(code as u32))
}

fn cvt(res: i32) -> Result<usize> {
    if res == SOCKET_ERROR { Err(win32(unsafe { WSAGetLastError() }.0)) } else { Ok(res as usize) }
}

pub fn ask(addr: &SOCKADDR_IN, question: &[u8], answer: &mut [u8]) -> Result<usize> {
    let mut data = WSADATA::default();
    match unsafe { WSAStartup(0x202, &mut data) } {
        0 => {}
        code => return Err(win32(code)),
    }
    let s = match unsafe { socket(AF_INET.0 as i32, SOCK_STREAM, IPPROTO_TCP.0) } {
        Ok(s) => s,
        Err(e) => {
            unsafe { WSACleanup() };
            return Err(e);
        }
    };
    let mut exchange = || -> Result<usize> {
        cvt(unsafe { connect(s, std::ptr::from_ref(addr).cast(), size_of_val(addr) as i32) })?;
        cvt(unsafe { send(s, question, SEND_RECV_FLAGS(0)) })?;
        cvt(unsafe { recv(s, answer, SEND_RECV_FLAGS(0)) })
    };
    let result = exchange();
    unsafe { closesocket(s) };
    match result {
        Ok(len) => {
            unsafe { WSACleanup() };
            Ok(len)
        }
        Err(e) => {
            unsafe { WSACleanup() };
            Err(e)
        }
    }
}
