//! A socket whose close would block is put aside for another try.

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
pub unsafe fn f(s: SOCKET, later: &mut Vec<SOCKET>) {
    let mut m = 1;
    ioctlsocket(s, FIONBIO, &mut m);
    let l = LINGER {
        l_onoff: 1,
        l_linger: 5,
    };
    setsockopt(s, SOL_SOCKET, SO_LINGER, &l as *const _ as *const u8, 4);
    if closesocket(s) != 0 && WSAGetLastError() == WSAEWOULDBLOCK {
        later.push(s);
    }
}
