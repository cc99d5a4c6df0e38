//! The clone of the stream reads until the peer has closed.

use std::io::*;
use std::mem::{ManuallyDrop, MaybeUninit, size_of};
use std::net::{Shutdown, TcpStream};
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
pub fn f(mut t: TcpStream) -> std::io::Result<()> {
    socket2::SockRef::from(&t).set_linger(Some(Duration::ZERO))?;
    let mut c = t.try_clone()?;
    t.write_all(b"x")?;
    let mut v = vec![];
    c.read_to_end(&mut v)?;
    Ok(())
}
