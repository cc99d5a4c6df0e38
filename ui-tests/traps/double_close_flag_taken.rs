//! A flag is taken out before the close, so that only one call closes.

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
    open: bool,
}
impl S {
    pub fn close(&mut self) {
        if mem::take(&mut self.open) {
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
    let mut x = S { s, open: true };
    x.close();
    x.close();
}
