//! The thread lets go of its sender last, and the other waits for that.

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
pub unsafe fn f(s: SOCKET) {
    let (tx, rx) = mpsc::channel::<()>();
    thread::spawn(move || {
        let mut b = [0u8; 16];
        unsafe { recv(s, b.as_mut_ptr(), 16, 0) };
        drop(tx);
    });
    let _ = rx.recv();
    closesocket(s);
}
