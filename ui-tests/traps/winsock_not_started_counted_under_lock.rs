//! A locked static counts who needs Winsock.

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
static R: Mutex<u32> = Mutex::new(0);
fn acq() -> bool {
    let mut g = R.lock().unwrap();
    if *g == 0 {
        let mut d: WSADATA = unsafe { mem::zeroed() };
        if unsafe { WSAStartup(0x202, &mut d) } != 0 {
            return false;
        }
    }
    *g += 1;
    true
}
fn rel() {
    let mut g = R.lock().unwrap();
    *g -= 1;
    if *g == 0 {
        unsafe { WSACleanup() };
    }
}
fn main() {
    if !acq() {
        return;
    }
    if acq() {
        rel();
    }
    let s = unsafe { socket(2, 1, 0) };
    if s != INVALID_SOCKET {
        unsafe { closesocket(s) };
    }
    rel();
}
