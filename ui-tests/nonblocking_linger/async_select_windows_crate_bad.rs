//! The `windows` crate: WSAAsyncSelect makes the lingering socket nonblocking.

use windows::Win32::Foundation::HWND;
use windows::Win32::Networking::WinSock::*;
use windows::core::Result;

const WM_SOCKET: u32 = 0x0401;

fn as_bytes<T>(value: &T) -> &[u8] {
    unsafe { std::slice::from_raw_parts((value as *const T).cast(), size_of::<T>()) }
}

pub unsafe fn probe(window: HWND, addr: &SOCKADDR_IN) -> Result<bool> {
    let s = socket(AF_INET.0.into(), SOCK_STREAM, IPPROTO_TCP.0)?;
    if WSAAsyncSelect(s, window, WM_SOCKET, (FD_CONNECT | FD_CLOSE) as i32) == SOCKET_ERROR {
        closesocket(s);
        return Ok(false);
    }
    let linger = LINGER { l_onoff: 1, l_linger: 4 };
    setsockopt(s, SOL_SOCKET, SO_LINGER, Some(as_bytes(&linger)));
    let started = connect(s, (addr as *const SOCKADDR_IN).cast(), size_of::<SOCKADDR_IN>() as i32) == 0
        || WSAGetLastError() == WSAEWOULDBLOCK;
    closesocket(s); //~ nonblocking_linger
    Ok(started)
}
