//! A shared cell owns the socket: whichever handle goes last drops it, and the socket's Drop closes.

use std::sync::{Arc, RwLock};
use windows_sys::Win32::Networking::WinSock::*;
pub struct Socket(SOCKET);
impl Drop for Socket { fn drop(&mut self) { unsafe { closesocket(self.0) }; } }
fn mk() -> std::io::Result<Socket> {
    match unsafe { socket(2, 1, 0) } { INVALID_SOCKET => Err(std::io::Error::last_os_error()), s => Ok(Socket(s)) }
}
pub fn p1() -> std::io::Result<()> {
    let a = Arc::new(RwLock::new(None));
    let s = mk()?;
    *a.write().unwrap() = Some(s);
    Ok(())
}
pub fn p2() -> std::io::Result<()> {
    let a = Arc::new(RwLock::new(None));
    let b = a.clone();
    let t = std::thread::spawn(move || { *b.write().unwrap() = Some(mk()); });
    t.join().unwrap();
    let x = (*a.write().unwrap()).take().unwrap()?;
    Ok(())
}
pub fn p3() -> std::io::Result<()> {
    let a = Arc::new(RwLock::new(None));
    let b = a.clone();
    let t = std::thread::spawn(move || { *b.write().unwrap() = Some(mk()); });
    t.join().unwrap();
    Ok(())
}
pub fn p4() -> std::io::Result<()> {
    let a = Arc::new(RwLock::new(None));
    let b = a.clone();
    *b.write().unwrap() = Some(mk());
    Ok(())
}
pub fn p5() -> std::io::Result<()> {
    let a = Arc::new(RwLock::new(None));
    let b = a.clone();
    let f = move || { *b.write().unwrap() = Some(mk()); };
    f();
    Ok(())
}
