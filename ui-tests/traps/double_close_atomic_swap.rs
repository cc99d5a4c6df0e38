//! An atomic flag is swapped before the close; names come from globs.

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
struct S {
    s: SOCKET,
    closed: AtomicBool,
}
impl S {
    fn close(&self) {
        if !self.closed.swap(true, Ordering::AcqRel) {
            unsafe { closesocket(self.s) };
        }
    }
}
impl Drop for S {
    fn drop(&mut self) {
        self.close()
    }
}
pub fn f(s: SOCKET) {
    let x = S {
        s,
        closed: AtomicBool::new(false),
    };
    x.close();
    x.close();
}
