//! A guard type counts who needs Winsock in a static.

use std::mem::{ManuallyDrop, MaybeUninit, size_of};
use std::os::windows::io::*;
use std::ptr::{null, null_mut};
use std::sync::atomic::*;
use std::sync::{Arc, Condvar, Mutex, Once, OnceLock, RwLock, mpsc};
use std::time::Duration;
use std::{io, mem, ptr, thread};
use windows_sys::Win32::Foundation::*;
use windows_sys::Win32::Networking::WinSock::*;
use windows_sys::Win32::System::IO::*;
use windows_sys::Win32::System::Threading::*;
static N: AtomicU32 = AtomicU32::new(0);
fn acq() {
    if N.fetch_add(1, Ordering::SeqCst) == 0 {
        let mut d: WSADATA = unsafe { mem::zeroed() };
        unsafe { WSAStartup(0x202, &mut d) };
    }
}
struct G;
impl G {
    fn new() -> G {
        acq();
        G
    }
}
impl Drop for G {
    fn drop(&mut self) {
        if N.fetch_sub(1, Ordering::SeqCst) == 1 {
            unsafe { WSACleanup() };
        }
    }
}
fn main() {
    let a = G::new();
    {
        let _b = G::new();
    }
    let s = unsafe { socket(2, 1, 0) };
    if s != INVALID_SOCKET {
        unsafe { closesocket(s) };
    }
    drop(a);
}
