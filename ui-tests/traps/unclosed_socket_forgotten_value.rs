//! A forgotten value's descriptor is closed, handed on or given away by the code that forgot it.

use std::mem::{self, ManuallyDrop};
use std::sync::Mutex;
use windows_sys::Win32::Networking::WinSock::{SOCKET, INVALID_SOCKET, SOCKET_ERROR, closesocket, shutdown, SD_SEND};
static REGISTRY: Mutex<Vec<SOCKET>> = Mutex::new(Vec::new());
pub struct Conn { s: SOCKET, n: u32 }
pub struct Half(SOCKET);
impl Conn {
    pub fn a(self, keep: bool) {
        let this = ManuallyDrop::new(self);
        if keep { REGISTRY.lock().unwrap().push(this.s); } else { unsafe { closesocket(this.s) }; }
    }
    pub fn b(self) -> Result<(), Self> {
        let this = ManuallyDrop::new(self);
        if unsafe { closesocket(this.s) } == SOCKET_ERROR { return Err(ManuallyDrop::into_inner(this)); }
        Ok(())
    }
    pub fn c(mut self) -> bool {
        let s = mem::replace(&mut self.s, INVALID_SOCKET);
        mem::forget(self);
        unsafe { closesocket(s) == 0 }
    }
    pub fn d(self, keep: bool) -> Option<SOCKET> {
        let s = self.s;
        mem::forget(self);
        if keep { return Some(s); }
        unsafe { closesocket(s) };
        None
    }
    pub fn e(self, out: &mut SOCKET, keep: bool) {
        let s = self.s;
        mem::forget(self);
        if keep { *out = s; return; }
        unsafe { closesocket(s) };
    }
    pub fn f(self, keep: bool) -> Half {
        let this = ManuallyDrop::new(self);
        if keep { return Half(this.s); }
        unsafe { closesocket(this.s) };
        Half(INVALID_SOCKET)
    }
    pub fn g(self) {
        let mut this = ManuallyDrop::new(self);
        if unsafe { shutdown(this.s, SD_SEND) } == 0 { unsafe { closesocket(this.s) }; return; }
        unsafe { ManuallyDrop::drop(&mut this) };
    }
    pub fn h(self, tx: std::sync::mpsc::Sender<SOCKET>) {
        let this = ManuallyDrop::new(self);
        if let Err(e) = tx.send(this.s) { unsafe { closesocket(e.0) }; }
    }
    pub fn i(self) -> u32 {
        if self.n == 0 { unsafe { closesocket(self.s) }; let n = self.n; mem::forget(self); return n; }
        self.n
    }
    pub fn j(self, f: impl FnOnce(SOCKET) -> bool) {
        let this = ManuallyDrop::new(self);
        if !f(this.s) { unsafe { closesocket(this.s) }; }
    }
    pub fn k(self, f: fn(SOCKET) -> bool) {
        let this = ManuallyDrop::new(self);
        if !unsafe { register(this.s) } { unsafe { closesocket(this.s) }; }
    }
}
unsafe extern "C" { fn register(s: SOCKET) -> bool; }
impl Drop for Conn { fn drop(&mut self) { unsafe { closesocket(self.s) }; } }
