//! Functions of the same signatures as APCs that are never queued as one: a thread start helper and a hook called directly.

use std::thread::{self, JoinHandle};
use windows_sys::Win32::Networking::WinSock::{SOCKET, recv, send};
use windows_sys::Win32::System::IO::OVERLAPPED;

type Task = unsafe extern "system" fn(usize);
type Hook = unsafe extern "system" fn(u32, u32, *mut OVERLAPPED, u32);

pub struct Echo {
    pub socket: SOCKET,
    pub on_end: Option<Hook>,
}

unsafe extern "system" fn echo_task(param: usize) {
    let echo = unsafe { &*(param as *const Echo) };
    let mut buf = [0u8; 256];
    loop {
        let n = unsafe { recv(echo.socket, buf.as_mut_ptr(), buf.len() as i32, 0) };
        if n <= 0 || unsafe { send(echo.socket, buf.as_ptr(), n, 0) } != n {
            break;
        }
    }
    if let Some(hook) = echo.on_end {
        unsafe { hook(0, 0, std::ptr::null_mut(), echo.socket as u32) };
    }
}

unsafe extern "system" fn say_end(_error: u32, _bytes: u32, _overlapped: *mut OVERLAPPED, socket: u32) {
    unsafe { send(socket as SOCKET, c"end".as_ptr().cast(), 3, 0) };
}

fn run_task(task: Task, param: usize) -> JoinHandle<()> {
    thread::spawn(move || unsafe { task(param) })
}

/// The socket stays the caller's; it is in use until the thread has ended.
pub fn start(socket: SOCKET) -> JoinHandle<()> {
    let echo: &'static Echo = Box::leak(Box::new(Echo { socket, on_end: Some(say_end) }));
    run_task(echo_task, std::ptr::from_ref(echo) as usize)
}
