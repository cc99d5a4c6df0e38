//! Declared by hand: a PeekMessageW loop with a deadline looks for the FD_CLOSE notification of a socket closed before.

use std::time::{Duration, Instant};

type Socket = usize;
type Window = *mut core::ffi::c_void;

#[repr(C)]
#[derive(Default)]
struct Msg {
    window: usize,
    message: u32,
    wparam: usize,
    lparam: isize,
    time: u32,
    point: [i32; 2],
}

#[link(name = "ws2_32")]
unsafe extern "system" {
    fn WSAAsyncSelect(s: Socket, window: Window, message: u32, events: i32) -> i32;
    fn shutdown(s: Socket, how: i32) -> i32;
    fn closesocket(s: Socket) -> i32;
}

#[link(name = "user32")]
unsafe extern "system" {
    fn PeekMessageW(msg: *mut Msg, window: Window, min: u32, max: u32, remove: u32) -> i32;
}

const FD_CLOSE: i32 = 1 << 5;
const SD_SEND: i32 = 1;
const PM_REMOVE: u32 = 1;
const WM_NET: u32 = 0x8000 + 7;

pub struct Client {
    window: Window,
    socket: Option<Socket>,
}

impl Client {
    /// Takes over a connected socket.
    pub fn new(window: Window, socket: Socket) -> Client {
        Client { window, socket: Some(socket) }
    }

    pub fn disconnect(&mut self, limit: Duration) -> bool {
        let Some(s) = self.socket.take() else {
            return true;
        };
        let deadline = Instant::now() + limit;
        let mut gone = false;
        unsafe {
            WSAAsyncSelect(s, self.window, WM_NET, FD_CLOSE);
            shutdown(s, SD_SEND);
            closesocket(s);
        }
        while !gone && Instant::now() < deadline {
            let mut msg = Msg::default();
            if unsafe { PeekMessageW(&mut msg, self.window, WM_NET, WM_NET, PM_REMOVE) } != 0 { //~ fd_close_after_close
                gone = msg.wparam == s && msg.lparam as i32 & 0xffff == FD_CLOSE;
            }
        }
        gone
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        if let Some(s) = self.socket.take() {
            unsafe { closesocket(s) };
        }
    }
}
