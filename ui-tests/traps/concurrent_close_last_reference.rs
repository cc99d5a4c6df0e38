//! The close is in the Drop of what both threads count references to: whichever goes last runs it.

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
struct S(SOCKET);
impl Drop for S {
    fn drop(&mut self) {
        unsafe { closesocket(self.0) };
    }
}
pub fn f(s: SOCKET) {
    let a = Arc::new(S(s));
    let b = a.clone();
    thread::spawn(move || {
        let mut x = [0u8; 16];
        unsafe { recv(b.0, x.as_mut_ptr(), 16, 0) };
    });
    unsafe { send(a.0, b"x".as_ptr(), 1, 0) };
    drop(a);
}
