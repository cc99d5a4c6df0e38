//! A guard in the thread sets the flag when it goes; the other waits for the flag.

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
struct Done(Arc<AtomicBool>);
impl Drop for Done {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}
pub unsafe fn f(s: SOCKET) {
    let d = Arc::new(AtomicBool::new(false));
    let g = Done(d.clone());
    thread::spawn(move || {
        let _g = g;
        let mut x = [0u8; 16];
        unsafe { recv(s, x.as_mut_ptr(), 16, 0) };
    });
    while !d.load(Ordering::Acquire) {
        thread::sleep(Duration::from_millis(1));
    }
    closesocket(s);
}
