//! The queued APC only hands the host name to a list; the thread resolves it after its alertable wait has returned.

use std::cell::RefCell;
use std::ffi::{CStr, CString};
use std::sync::mpsc::{Receiver, Sender, channel};
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::System::Threading::{QueueUserAPC, SleepEx};

pub type Answer = Option<u32>;

struct Lookup {
    name: CString,
    reply: Sender<Answer>,
}

thread_local! {
    static WAITING: RefCell<Vec<Box<Lookup>>> = const { RefCell::new(Vec::new()) };
}

unsafe fn resolve(name: &CStr) -> Answer {
    use windows_sys::Win32::Networking::WinSock::{freeaddrinfo, getaddrinfo, ADDRINFOA, AF_INET, SOCKADDR_IN};

    let hints = ADDRINFOA { ai_family: AF_INET as i32, ..std::mem::zeroed() };
    let mut list: *mut ADDRINFOA = std::ptr::null_mut();
    if getaddrinfo(name.as_ptr().cast(), std::ptr::null(), &hints, &mut list) != 0 {
        return None;
    }
    let first = (*(*list).ai_addr.cast::<SOCKADDR_IN>()).sin_addr.S_un.S_addr;
    freeaddrinfo(list);
    Some(first)
}

unsafe extern "system" fn lookup_apc(param: usize) {
    let job = Box::from_raw(param as *mut Lookup);
    WAITING.with_borrow_mut(|list| list.push(job));
}

/// The loop of the network thread.
pub fn run() {
    loop {
        unsafe { SleepEx(u32::MAX, 1) };
        let jobs = WAITING.take();
        for job in jobs {
            let _ = job.reply.send(unsafe { resolve(&job.name) });
        }
    }
}

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
