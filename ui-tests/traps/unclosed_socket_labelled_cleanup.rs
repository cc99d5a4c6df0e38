//! A labelled block with one cleanup place, as C code translated to Rust has it.

use windows_sys::Win32::Networking::WinSock as ws;

/// A connected pair over loopback, or the Winsock code.
pub fn socketpair(out: &mut [ws::SOCKET; 2]) -> Result<(), i32> {
    let mut listener = ws::INVALID_SOCKET;
    let mut near = ws::INVALID_SOCKET;
    let mut code = 0;

    'fail: {
        unsafe {
            listener = ws::socket(ws::AF_INET as i32, ws::SOCK_STREAM, ws::IPPROTO_TCP);
            if listener == ws::INVALID_SOCKET {
                code = ws::WSAGetLastError();
                break 'fail;
            }
            let mut addr: ws::SOCKADDR_IN = std::mem::zeroed();
            addr.sin_family = ws::AF_INET;
            addr.sin_addr.S_un.S_addr = u32::from_ne_bytes([127, 0, 0, 1]);
            let mut len = size_of::<ws::SOCKADDR_IN>() as i32;
            let p = (&raw mut addr).cast::<ws::SOCKADDR>();
            if ws::bind(listener, p, len) != 0 || ws::getsockname(listener, p, &mut len) != 0 || ws::listen(listener, 1) != 0 {
                code = ws::WSAGetLastError();
                break 'fail;
            }
            near = ws::socket(ws::AF_INET as i32, ws::SOCK_STREAM, ws::IPPROTO_TCP);
            if near == ws::INVALID_SOCKET || ws::connect(near, p, len) != 0 {
                code = ws::WSAGetLastError();
                break 'fail;
            }
            let far = ws::accept(listener, std::ptr::null_mut(), std::ptr::null_mut());
            if far == ws::INVALID_SOCKET {
                code = ws::WSAGetLastError();
                break 'fail;
            }
            *out = [near, far];
            ws::closesocket(listener);
            return Ok(());
        }
    }

    for s in [listener, near] {
        if s != ws::INVALID_SOCKET {
            unsafe { ws::closesocket(s) };
        }
    }
    Err(code)
}
