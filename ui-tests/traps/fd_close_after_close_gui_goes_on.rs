//! The window procedure closes the socket on FD_CLOSE, and the message loop goes on for the window's other messages.

use std::sync::atomic::{AtomicUsize, Ordering};
use windows_sys::Win32::Foundation::{HWND, LPARAM, LRESULT, WPARAM};
use windows_sys::Win32::Networking::WinSock::{FD_CLOSE, FD_READ, INVALID_SOCKET, SOCKET, WSAAsyncSelect, closesocket, recv};
use windows_sys::Win32::UI::WindowsAndMessaging::{DefWindowProcW, DispatchMessageW, GetMessageW, MSG, WM_APP};

const WM_SOCKET: u32 = WM_APP + 2;
static SOCKET_IN_USE: AtomicUsize = AtomicUsize::new(INVALID_SOCKET);

pub unsafe extern "system" fn window_proc(window: HWND, message: u32, wparam: WPARAM, lparam: LPARAM) -> LRESULT {
    if message != WM_SOCKET {
        return DefWindowProcW(window, message, wparam, lparam);
    }
    let s = SOCKET_IN_USE.load(Ordering::Relaxed);
    if wparam == s {
        match lparam as u32 & 0xffff {
            FD_READ => {
                let mut buf = [0u8; 512];
                recv(s, buf.as_mut_ptr(), 512, 0);
            }
            FD_CLOSE => {
                SOCKET_IN_USE.store(INVALID_SOCKET, Ordering::Relaxed);
                closesocket(s);
            }
            _ => {}
        }
    }
    0
}

/// Takes over a connected socket, or refuses it by closing it; then runs the window until it quits.
pub unsafe fn run(window: HWND, s: SOCKET) {
    if WSAAsyncSelect(s, window, WM_SOCKET, (FD_READ | FD_CLOSE) as i32) == 0 {
        SOCKET_IN_USE.store(s, Ordering::Relaxed);
    } else {
        closesocket(s);
    }
    let mut msg: MSG = std::mem::zeroed();
    while GetMessageW(&mut msg, std::ptr::null_mut(), 0, 0) > 0 {
        DispatchMessageW(&msg);
    }
}
