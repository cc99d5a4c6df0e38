//! The thread waits for a message before it closes, and the message follows the last call.

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
    let h = thread::spawn(move || {
        rx.recv().ok();
        unsafe { closesocket(s) };
    });
    send(s, b"x".as_ptr(), 1, 0);
    let _ = tx.send(());
    h.join().unwrap();
}
