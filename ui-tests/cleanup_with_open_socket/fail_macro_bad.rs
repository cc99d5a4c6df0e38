//! One use of the fail! macro runs WSACleanup while the probe's socket is still open.

use windows_sys::Win32::Networking::WinSock::{
    AF_INET, INVALID_SOCKET, IPPROTO_TCP, SO_ERROR, SOCK_STREAM, SOCKADDR_IN, SOL_SOCKET, WSACleanup, WSADATA,
    WSAGetLastError, WSAStartup, closesocket, connect, getsockopt, socket,
};

#[derive(Debug)]
pub enum ProbeError {
    Start(i32),
    Socket(i32),
    Connect(i32),
    Option(i32),
}

macro_rules! fail {
    ($kind:ident) => {{
        let code = unsafe { WSAGetLastError() };
        unsafe { WSACleanup() };
        return Err(ProbeError::$kind(code));
    }};
    ($kind:ident, $sock:expr) => {{
        let code = unsafe { WSAGetLastError() };
        unsafe { closesocket($sock) };
        unsafe { WSACleanup() };
        return Err(ProbeError::$kind(code));
    }};
}

pub fn pending_error(addr: &SOCKADDR_IN) -> Result<i32, ProbeError> {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    let code = unsafe { WSAStartup(0x0202, &mut data) };
    if code != 0 {
        return Err(ProbeError::Start(code));
    }
    let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) };
    if s == INVALID_SOCKET {
        fail!(Socket);
    }
    if unsafe { connect(s, std::ptr::from_ref(addr).cast(), size_of::<SOCKADDR_IN>() as i32) } != 0 {
        fail!(Connect, s);
    }
    let (mut value, mut len) = (0i32, 4i32);
    if unsafe { getsockopt(s, SOL_SOCKET, SO_ERROR, (&raw mut value).cast(), &mut len) } != 0 {
        fail!(Option); //~ cleanup_with_open_socket
    }
    unsafe {
        closesocket(s);
        WSACleanup();
    }
    Ok(value)
}
