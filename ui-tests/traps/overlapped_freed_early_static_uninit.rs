//! The OVERLAPPED is a static that begins uninitialised.

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
static mut OV: MaybeUninit<OVERLAPPED> = MaybeUninit::zeroed();
static mut BUF: [u8; 64] = [0; 64];
pub unsafe fn f(s: SOCKET) {
    let w = WSABUF {
        len: 64,
        buf: (&raw mut BUF).cast(),
    };
    let mut fl = 0;
    WSARecv(s, &w, 1, null_mut(), &mut fl, (&raw mut OV).cast(), None);
}
