//! The closure of map_err calls closesocket and then WSACleanup.

use std::io;
use winapi::shared::ws2def::{AF_INET, SOCK_STREAM, SOCKADDR};
use winapi::um::winsock2::{INVALID_SOCKET, WSACleanup, WSADATA, WSAStartup, closesocket, connect, socket};

fn nz(res: i32) -> io::Result<()> {
    match res {
        0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}

pub unsafe fn reachable(addr: *const SOCKADDR, len: i32) -> io::Result<()> {
    let mut data: WSADATA = std::mem::zeroed();
    let code = WSAStartup(0x202, &mut data);
    if code != 0 {
        return Err(io::Error::from_raw_os_error(code));
    }
    let s = socket(AF_INET, SOCK_STREAM, 0);
    if s == INVALID_SOCKET {
        let err = io::Error::last_os_error();
        WSACleanup();
        return Err(err);
    }
    nz(connect(s, addr, len)).map_err(|err| {
        closesocket(s);
        WSACleanup();
        err
    })?;
    closesocket(s);
    WSACleanup();
    Ok(())
}
