//! The loop closes a socket on its FD_CLOSE and goes on to read messages for the other socket.

use std::mem::zeroed;
use windows_sys::Win32::Foundation::HWND;
use windows_sys::Win32::Networking::WinSock::{closesocket, FD_CLOSE, FD_READ, recv, SD_SEND, shutdown, SOCKET, SOCKET_ERROR, WSAAsyncSelect};
use windows_sys::Win32::UI::WindowsAndMessaging::{DispatchMessageW, GetMessageW, MSG, WM_USER};

const WM_SOCKET: u32 = WM_USER + 1;

pub unsafe fn pump(window: HWND, control: SOCKET, data: SOCKET) -> usize {
    let (mut open, mut total, mut buf) = (2, 0, [0u8; 2048]);
    for s in [control, data] {
        if WSAAsyncSelect(s, window, WM_SOCKET, (FD_READ | FD_CLOSE) as i32) == SOCKET_ERROR {
            return 0;
        }
        shutdown(s, SD_SEND);
    }
    let mut msg: MSG = zeroed();
    while open > 0 && GetMessageW(&mut msg, window, 0, 0) > 0 {
        if msg.message != WM_SOCKET {
            DispatchMessageW(&msg);
            continue;
        }
        let s = msg.wParam as SOCKET;
        match (msg.lParam & 0xffff) as u32 {
            FD_READ => total += recv(s, buf.as_mut_ptr(), 2048, 0).max(0) as usize,
            FD_CLOSE => {
                closesocket(s);
                open -= 1;
            }
            _ => {}
        }
    }
    total
}
