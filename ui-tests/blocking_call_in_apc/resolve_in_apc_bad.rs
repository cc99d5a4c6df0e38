//! A function queued with QueueUserAPC resolves a host name.

use std::ffi::{CStr, CString};
use std::sync::mpsc::{Receiver, Sender, channel};
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::System::Threading::QueueUserAPC;

pub type Answer = Option<u32>;

struct Lookup {
    name: CString,
    reply: Sender<Answer>,
}

unsafe fn resolve(name: &CStr) -> Answer {
    use windows_sys::Win32::Networking::WinSock::{freeaddrinfo, getaddrinfo, ADDRINFOA, AF_INET, SOCKADDR_IN};

    let hints = ADDRINFOA { ai_family: AF_INET as i32, ..std::mem::zeroed() };
    let mut list: *mut ADDRINFOA = std::ptr::null_mut();
    if getaddrinfo(name.as_ptr().cast(), std::ptr::null(), &hints, &mut list) != 0 { //~ blocking_call_in_apc
        return None;
    }
    let first = (*(*list).ai_addr.cast::<SOCKADDR_IN>()).sin_addr.S_un.S_addr;
    freeaddrinfo(list);
    Some(first)
}

unsafe extern "system" fn lookup_apc(param: usize) {
    let job = Box::from_raw(param as *mut Lookup);
    let _ = job.reply.send(resolve(&job.name));
}

/// Asks the network thread, which sits in Winsock calls and alertable waits.
pub fn request(network_thread: HANDLE, name: &str) -> Option<Receiver<Answer>> {
    let (reply, rx) = channel();
    let job = Box::new(Lookup { name: CString::new(name).ok()?, reply });
    let raw = Box::into_raw(job);
    if unsafe { QueueUserAPC(Some(lookup_apc), network_thread, raw as usize) } == 0 {
        drop(unsafe { Box::from_raw(raw) });
        return None;
    }
    Some(rx)
}
