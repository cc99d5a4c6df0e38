//! The project's own declarations: a loop waits in slices for an FD_CLOSE that the close has cut off.

use std::ffi::c_void;
use std::sync::atomic::{AtomicBool, Ordering};

type Socket = usize;

#[link(name = "ws2_32")]
unsafe extern "system" {
    fn WSACreateEvent() -> *mut c_void;
    fn WSACloseEvent(event: *mut c_void) -> i32;
    fn WSAEventSelect(s: Socket, event: *mut c_void, mask: i32) -> i32;
    fn shutdown(s: Socket, how: i32) -> i32;
    fn closesocket(s: Socket) -> i32;
}

#[link(name = "kernel32")]
unsafe extern "system" {
    fn WaitForSingleObject(handle: *mut c_void, millis: u32) -> u32;
}

const FD_CLOSE: i32 = 32;
const SD_SEND: i32 = 1;
const WAIT_TIMEOUT: u32 = 258;

pub fn hang_up(s: Socket, give_up: &AtomicBool) {
    unsafe {
        let event = WSACreateEvent();
        let watched = !event.is_null() && WSAEventSelect(s, event, FD_CLOSE) == 0;
        shutdown(s, SD_SEND);
        closesocket(s);
        if watched {
            while WaitForSingleObject(event, 100) == WAIT_TIMEOUT { //~ fd_close_after_close
                if give_up.load(Ordering::Relaxed) {
                    break;
                }
            }
        }
        if !event.is_null() {
            WSACloseEvent(event);
        }
    }
}
