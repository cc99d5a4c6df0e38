//! The project's own declarations: a user APC accepts on the listener it gets as its parameter.

use std::ffi::c_void;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

type Socket = usize;
type Apc = unsafe extern "system" fn(usize);

#[link(name = "ws2_32")]
unsafe extern "system" {
    fn accept(s: Socket, addr: *mut c_void, len: *mut i32) -> Socket;
}

#[link(name = "kernel32")]
unsafe extern "system" {
    fn QueueUserAPC(function: Option<Apc>, thread: *mut c_void, data: usize) -> u32;
    fn SleepEx(millis: u32, alertable: i32) -> u32;
}

static WANTED: AtomicBool = AtomicBool::new(false);
static CLIENT: AtomicUsize = AtomicUsize::new(!0);

unsafe extern "system" fn take_client(listener: usize) {
    let client = unsafe { accept(listener, null_mut(), null_mut()) }; //~ blocking_call_in_apc
    CLIENT.store(client, Ordering::Release);
    WANTED.store(true, Ordering::Release);
}

pub unsafe fn request_client(thread: *mut c_void, listener: Socket) -> bool {
    unsafe { QueueUserAPC(Some(take_client), thread, listener) != 0 }
}

pub fn wait_for_request() -> Socket {
    while !WANTED.swap(false, Ordering::AcqRel) {
        unsafe { SleepEx(u32::MAX, 1) };
    }
    CLIENT.load(Ordering::Acquire)
}
