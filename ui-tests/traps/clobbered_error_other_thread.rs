//! Another thread closes: each has a last error of its own.

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
pub unsafe fn f(s: SOCKET, l: SOCKET) -> io::Result<()> {
    if listen(l, 1) != 0 {
        thread::spawn(move || closesocket(s)).join().unwrap();
        return Err(io::Error::last_os_error());
    }
    Ok(())
}
