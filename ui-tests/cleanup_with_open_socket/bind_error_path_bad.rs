//! The path on which bind fails cleans up without a closesocket.

use windows_sys::Win32::Networking::WinSock as ws;

pub unsafe fn port_is_free(addr: &ws::SOCKADDR_IN) -> Result<bool, i32> {
    let mut data: ws::WSADATA = std::mem::zeroed();
    let code = ws::WSAStartup(0x0202, &mut data);
    if code != 0 {
        return Err(code);
    }
    let s = ws::socket(ws::AF_INET as i32, ws::SOCK_STREAM, ws::IPPROTO_TCP);
    if s == ws::INVALID_SOCKET {
        let code = ws::WSAGetLastError();
        ws::WSACleanup();
        return Err(code);
    }
    if ws::bind(s, (&raw const *addr).cast(), size_of::<ws::SOCKADDR_IN>() as i32) == ws::SOCKET_ERROR {
        ws::WSACleanup(); //~ cleanup_with_open_socket
        return Ok(false);
    }
    ws::closesocket(s);
    ws::WSACleanup();
    Ok(true)
}
