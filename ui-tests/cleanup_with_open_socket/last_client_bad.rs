//! The accept loop leaves its client open when it breaks on a bad request; WSACleanup follows.

use std::ptr;
use winapi::shared::ws2def::{AF_INET, SOCK_STREAM, SOCKADDR_IN};
use winapi::um::winsock2::{
    INVALID_SOCKET, SOCKET, SOMAXCONN, WSACleanup, WSADATA, WSAGetLastError, WSAStartup, accept, bind, closesocket,
    listen, recv, socket,
};

unsafe fn listener(addr: &SOCKADDR_IN) -> Result<SOCKET, i32> {
    let l = socket(AF_INET, SOCK_STREAM, 0);
    if l == INVALID_SOCKET {
        return Err(WSAGetLastError());
    }
    let len = size_of::<SOCKADDR_IN>() as i32;
    if bind(l, ptr::from_ref(addr).cast(), len) != 0 || listen(l, SOMAXCONN) != 0 {
        let code = WSAGetLastError();
        closesocket(l);
        return Err(code);
    }
    Ok(l)
}

/// Serves one-byte commands until one of them is not known.
pub unsafe fn serve(addr: &SOCKADDR_IN, known: &[u8]) -> Result<u32, i32> {
    let mut data: WSADATA = std::mem::zeroed();
    let code = WSAStartup(0x0202, &mut data);
    if code != 0 {
        return Err(code);
    }
    let l = match listener(addr) {
        Ok(l) => l,
        Err(code) => {
            WSACleanup();
            return Err(code);
        }
    };
    let mut served = 0;
    loop {
        let client = accept(l, ptr::null_mut(), ptr::null_mut());
        if client == INVALID_SOCKET {
            break;
        }
        let mut command = 0u8;
        let got = recv(client, (&raw mut command).cast(), 1, 0);
        if got == 1 && !known.contains(&command) {
            break;
        }
        served += 1;
        let _ = closesocket(client);
    }
    closesocket(l);
    WSACleanup(); //~ cleanup_with_open_socket
    Ok(served)
}
