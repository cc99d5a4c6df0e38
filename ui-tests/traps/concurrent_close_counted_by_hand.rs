//! Whoever counts down to zero closes; the other is done by then.

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
struct Sh {
    s: SOCKET,
    refs: AtomicUsize,
}
fn rel(x: &Sh) {
    if x.refs.fetch_sub(1, Ordering::AcqRel) == 1 {
        unsafe { closesocket(x.s) };
    }
}
pub fn f(s: SOCKET) {
    let a = Arc::new(Sh {
        s,
        refs: AtomicUsize::new(2),
    });
    let b = a.clone();
    thread::spawn(move || {
        let mut x = [0u8; 16];
        unsafe { recv(b.s, x.as_mut_ptr(), 16, 0) };
        rel(&b);
    });
    unsafe { send(a.s, b"x".as_ptr(), 1, 0) };
    rel(&a);
}
