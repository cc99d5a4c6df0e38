//! The saved option was read after the time had been set, so restoring it turns lingering on.

use windows_sys::Win32::Networking::WinSock as ws;

unsafe fn get(s: ws::SOCKET) -> ws::LINGER {
    let mut value = ws::LINGER { l_onoff: 0, l_linger: 0 };
    let mut len = size_of::<ws::LINGER>() as i32;
    ws::getsockopt(s, ws::SOL_SOCKET, ws::SO_LINGER, (&raw mut value).cast(), &mut len);
    value
}

unsafe fn set(s: ws::SOCKET, value: ws::LINGER) {
    ws::setsockopt(s, ws::SOL_SOCKET, ws::SO_LINGER, (&raw const value).cast(), size_of::<ws::LINGER>() as i32);
}

pub unsafe fn collect(addr: *const ws::SOCKADDR, len: i32, data: &mut [u8]) -> Option<i32> {
    let s = ws::socket(ws::AF_INET as i32, ws::SOCK_STREAM, 0);
    if s == ws::INVALID_SOCKET {
        return None;
    }
    set(s, ws::LINGER { l_onoff: 1, l_linger: 3 });
    let saved = get(s);
    if ws::connect(s, addr, len) == ws::SOCKET_ERROR {
        ws::closesocket(s);
        return None;
    }
    set(s, ws::LINGER { l_onoff: 0, l_linger: 0 });
    ws::ioctlsocket(s, ws::FIONBIO, &mut 1);
    let n = ws::recv(s, data.as_mut_ptr(), data.len() as i32, 0);
    set(s, saved);
    ws::closesocket(s); //~ nonblocking_linger
    Some(n)
}
