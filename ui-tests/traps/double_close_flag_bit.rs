//! A bit among flags says that the socket is closed.

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
pub struct S {
    s: SOCKET,
    flags: u8,
}
const CLOSED: u8 = 1;
impl S {
    pub fn close(&mut self) {
        if self.flags & CLOSED != 0 {
            return;
        }
        self.flags |= CLOSED;
        unsafe { closesocket(self.s) };
    }
}
impl Drop for S {
    fn drop(&mut self) {
        self.close()
    }
}
pub fn f(s: SOCKET) {
    let mut x = S { s, flags: 0 };
    x.close();
    x.close();
}
