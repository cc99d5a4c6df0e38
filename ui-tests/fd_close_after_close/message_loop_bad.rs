//! The message loop looks for the FD_CLOSE of a socket that is closed before the loop begins.

use std::mem::zeroed;
use windows_sys::Win32::Foundation::HWND;
use windows_sys::Win32::Networking::WinSock::{closesocket, FD_CLOSE, SD_SEND, shutdown, SOCKET, SOCKET_ERROR, WSAAsyncSelect};
use windows_sys::Win32::UI::WindowsAndMessaging::{DispatchMessageW, GetMessageW, MSG, WM_APP};

const WM_SOCKET: u32 = WM_APP + 7;

pub unsafe fn disconnect(window: HWND, s: SOCKET) {
    if WSAAsyncSelect(s, window, WM_SOCKET, FD_CLOSE as i32) == SOCKET_ERROR {
        closesocket(s);
        return;
    }
    shutdown(s, SD_SEND);
    closesocket(s);
    let mut msg: MSG = zeroed();
    while GetMessageW(&mut msg, window, 0, 0) > 0 { //~ fd_close_after_close
        if msg.message == WM_SOCKET && (msg.lParam & 0xffff) as u32 == FD_CLOSE {
            break;
        }
        DispatchMessageW(&msg);
    }
}
