//! The queued function makes the socket nonblocking before it drains it, so its recv cannot block.

use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::{FIONBIO, SOCKET, SOCKET_ERROR, WSAEWOULDBLOCK, WSAGetLastError, ioctlsocket, recv};
use windows_sys::Win32::System::Threading::QueueUserAPC;

pub struct Drain {
    pub socket: SOCKET,
    pub seen: usize,
    pub error: Option<i32>,
}

unsafe extern "system" fn drain(param: usize) {
    let job = unsafe { &mut *(param as *mut Drain) };
    let mut on = 1u32;
    if unsafe { ioctlsocket(job.socket, FIONBIO, &mut on) } == SOCKET_ERROR {
        job.error = Some(unsafe { WSAGetLastError() });
        return;
    }
    let mut buf = [0u8; 4096];
    loop {
        match unsafe { recv(job.socket, buf.as_mut_ptr(), buf.len() as i32, 0) } {
            0 => return,
            SOCKET_ERROR => {
                let code = unsafe { WSAGetLastError() };
                if code != WSAEWOULDBLOCK {
                    job.error = Some(code);
                }
                return;
            }
            n => job.seen += n as usize,
        }
    }
}

/// The job belongs to the caller, who keeps it until the function has run.
pub unsafe fn queue(thread: HANDLE, job: *mut Drain) -> bool {
    unsafe { QueueUserAPC(Some(drain), thread, job as usize) != 0 }
}
