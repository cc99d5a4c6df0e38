//! The thread that receives has ended before the close, or may have: joined, signalled, counted.

use std::thread::{self, JoinHandle};
use std::sync::{Arc, Mutex, Condvar, atomic::{AtomicBool, Ordering}};
use windows_sys::Win32::Networking::WinSock::{SOCKET, closesocket, recv, shutdown, SD_BOTH};
fn run(s: SOCKET) { let mut b = [0u8; 64]; loop { if unsafe { recv(s, b.as_mut_ptr(), 64, 0) } <= 0 { return } } }
pub struct A { s: SOCKET, t: Option<JoinHandle<()>> }
impl A {
    pub fn new(s: SOCKET) -> A { A { s, t: Some(thread::spawn(move || run(s))) } }
    pub fn close(mut self) { unsafe { shutdown(self.s, SD_BOTH) }; if let Some(t) = self.t.take() { let _ = t.join(); } unsafe { closesocket(self.s) }; }
}
pub struct B { s: SOCKET, t: Vec<JoinHandle<()>> }
impl B {
    pub fn new(s: SOCKET) -> B { B { s, t: vec![thread::spawn(move || run(s))] } }
    pub fn close(&mut self) { unsafe { shutdown(self.s, SD_BOTH) }; for t in self.t.drain(..) { let _ = t.join(); } unsafe { closesocket(self.s) }; }
}
pub struct C { s: SOCKET, done: Arc<(Mutex<bool>, Condvar)> }
impl C {
    pub fn new(s: SOCKET) -> C {
        let done = Arc::new((Mutex::new(false), Condvar::new()));
        let d = done.clone();
        thread::spawn(move || { run(s); *d.0.lock().unwrap() = true; d.1.notify_all(); });
        C { s, done }
    }
    pub fn close(&self) {
        unsafe { shutdown(self.s, SD_BOTH) };
        let mut g = self.done.0.lock().unwrap();
        while !*g { g = self.done.1.wait(g).unwrap(); }
        unsafe { closesocket(self.s) };
    }
}
pub struct D { s: SOCKET, over: Arc<AtomicBool> }
impl D {
    pub fn new(s: SOCKET) -> D {
        let over = Arc::new(AtomicBool::new(false));
        let o = over.clone();
        thread::spawn(move || { run(s); o.store(true, Ordering::Release); });
        D { s, over }
    }
    pub fn close(&self) -> bool {
        if !self.over.load(Ordering::Acquire) { return false; }
        unsafe { closesocket(self.s) }; true
    }
}
pub struct E { s: SOCKET, t: Option<JoinHandle<()>> }
impl E {
    pub fn new(s: SOCKET) -> E { E { s, t: Some(thread::spawn(move || run(s))) } }
    pub fn stop(&mut self) { if let Some(t) = self.t.take() { let _ = t.join(); } }
    pub fn close(&self) { unsafe { closesocket(self.s) }; }
}
pub struct F { s: SOCKET, rx: std::sync::mpsc::Receiver<()> }
impl F {
    pub fn new(s: SOCKET) -> F {
        let (tx, rx) = std::sync::mpsc::channel();
        thread::spawn(move || { run(s); let _ = tx.send(()); });
        F { s, rx }
    }
    pub fn close(self) { unsafe { shutdown(self.s, SD_BOTH) }; let _ = self.rx.recv(); unsafe { closesocket(self.s) }; }
}
pub struct G { s: SOCKET, t: Option<JoinHandle<()>> }
impl G {
    pub fn new(s: SOCKET) -> G { G { s, t: Some(thread::spawn(move || run(s))) } }
    fn wait(&mut self) { if let Some(t) = self.t.take() { let _ = t.join(); } }
    pub fn close(mut self) { self.wait(); self.finish() }
    pub fn finish(self) { unsafe { closesocket(self.s) }; }
}
pub struct H { s: SOCKET, live: Arc<()> }
impl H {
    pub fn new(s: SOCKET) -> H {
        let live = Arc::new(()); let l = live.clone();
        thread::spawn(move || { run(s); drop(l); });
        H { s, live }
    }
    pub fn close(self) { while Arc::strong_count(&self.live) > 1 { thread::yield_now(); } unsafe { closesocket(self.s) }; }
}
