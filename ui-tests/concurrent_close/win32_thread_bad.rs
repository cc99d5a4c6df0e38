//! A wait of two seconds for a Win32 thread may time out, and the socket is closed all the same.

use std::ffi::c_void;
use windows_sys::Win32::Foundation::{CloseHandle, HANDLE};
use windows_sys::Win32::Networking::WinSock::{SOCKET, closesocket, recv, send, shutdown, SD_SEND};
use windows_sys::Win32::System::Threading::{CreateThread, WaitForSingleObject};

struct Job {
    socket: SOCKET,
    request: Vec<u8>,
    answer: Vec<u8>,
}

unsafe extern "system" fn run(param: *mut c_void) -> u32 {
    let job = unsafe { &mut *param.cast::<Job>() };
    let mut buf = [0u8; 4096];
    unsafe { send(job.socket, job.request.as_ptr(), job.request.len() as i32, 0) };
    loop {
        let n = unsafe { recv(job.socket, buf.as_mut_ptr(), buf.len() as i32, 0) };
        if n <= 0 {
            return 0;
        }
        job.answer.extend_from_slice(&buf[..n as usize]);
    }
}

/// Takes over a connected socket. The job is never freed, so a late thread does no harm to it.
pub fn ask(socket: SOCKET, request: &[u8]) -> bool {
    let job = Box::into_raw(Box::new(Job { socket, request: request.to_vec(), answer: Vec::new() }));
    let thread: HANDLE = unsafe { CreateThread(std::ptr::null(), 0, Some(run), job.cast(), 0, std::ptr::null_mut()) };
    if thread.is_null() {
        unsafe { closesocket(socket) };
        return false;
    }
    unsafe {
        WaitForSingleObject(thread, 2_000);
        shutdown(socket, SD_SEND);
        closesocket(socket); //~ concurrent_close
        CloseHandle(thread);
    }
    true
}
