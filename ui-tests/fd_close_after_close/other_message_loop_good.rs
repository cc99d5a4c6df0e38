//! A GetMessageW loop runs until the FD_CLOSE message has come; then the socket is closed.

use std::io;
use std::ptr::null_mut;
use windows_sys::Win32::Foundation::HWND;
use windows_sys::Win32::Networking::WinSock as ws;
use windows_sys::Win32::UI::WindowsAndMessaging::{DispatchMessageW, GetMessageW, MSG, TranslateMessage, WM_USER};

const WM_SOCKET: u32 = WM_USER + 1;

fn select_event(lparam: isize) -> u32 {
    (lparam as u32) & 0xffff
}

/// Says goodbye on a connected socket and runs the window's messages until the peer has gone.
pub unsafe fn leave(window: HWND, s: ws::SOCKET) -> io::Result<()> {
    if ws::WSAAsyncSelect(s, window, WM_SOCKET, ws::FD_CLOSE as i32) != 0 {
        return Err(io::Error::last_os_error());
    }
    let bye = b"QUIT\r\n";
    ws::send(s, bye.as_ptr(), bye.len() as i32, 0);
    ws::shutdown(s, ws::SD_SEND);

    let mut msg: MSG = std::mem::zeroed();
    let res = loop {
        let got = GetMessageW(&raw mut msg, null_mut(), 0, 0);
        if got == -1 {
            break Err(io::Error::last_os_error());
        }
        if got == 0 {
            break Ok(());
        }
        if msg.message == WM_SOCKET && msg.wParam == s && select_event(msg.lParam) == ws::FD_CLOSE {
            break Ok(());
        }
        TranslateMessage(&msg);
        DispatchMessageW(&msg);
    };
    ws::closesocket(s);
    res
}
