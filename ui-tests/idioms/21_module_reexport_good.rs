//! A module `c` re-exports Winsock; the error is read before c::closesocket.

mod c {
    pub use windows_sys::Win32::Networking::WinSock::{
        ADDRINFOA, INVALID_SOCKET, SOCKET, WSAGetLastError, closesocket, connect, socket,
    };
    pub const FAILED: i32 = -1;
}

pub unsafe fn dial(info: &c::ADDRINFOA) -> Result<c::SOCKET, i32> {
    let s = c::socket(info.ai_family, info.ai_socktype, info.ai_protocol);
    if s == c::INVALID_SOCKET {
        return Err(c::WSAGetLastError());
    }
    if c::connect(s, info.ai_addr, info.ai_addrlen as i32) == c::FAILED {
        let code = c::WSAGetLastError();
        c::closesocket(s);
        return Err(code);
    }
    Ok(s)
}
