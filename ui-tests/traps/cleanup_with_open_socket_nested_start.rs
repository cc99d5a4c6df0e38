//! Winsock is started twice, so the first WSACleanup only takes one count back and the socket stays usable.

use windows_sys::Win32::Networking::WinSock::{
    AF_INET, INVALID_SOCKET, IPPROTO_UDP, SO_SNDBUF, SOCK_DGRAM, SOL_SOCKET, WSACleanup, WSADATA, WSAGetLastError,
    WSAStartup, closesocket, getsockopt, socket,
};

fn start(version: u16) -> Result<u16, i32> {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    match unsafe { WSAStartup(version, &mut data) } {
        0 => Ok(data.wHighVersion),
        code => Err(code),
    }
}

fn main() -> Result<(), i32> {
    // A first start to see which version there is.
    let highest = start(0x0101)?;
    if let Err(code) = start(highest.min(0x0202)) {
        unsafe { WSACleanup() };
        return Err(code);
    }
    let s = unsafe { socket(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP) };
    // The count of the first start is not needed any more.
    unsafe { WSACleanup() };
    if s == INVALID_SOCKET {
        unsafe { WSACleanup() };
        return Err(-1);
    }
    let (mut size, mut len) = (0i32, 4i32);
    let res = unsafe { getsockopt(s, SOL_SOCKET, SO_SNDBUF, (&raw mut size).cast(), &mut len) };
    let code = if res == 0 { 0 } else { unsafe { WSAGetLastError() } };
    println!("{size} {code}");
    unsafe { closesocket(s) };
    unsafe { WSACleanup() };
    Ok(())
}
