//! htons needs no start-up, and the worker thread runs only after main has started Winsock.

use std::sync::Arc;
use std::thread;
use windows_sys::Win32::Networking::WinSock::*;

struct App {
    port: u16,
    name_len: i32,
}

impl App {
    fn configure(port: u16) -> Arc<App> {
        // Byte order only: htons does not need Winsock to be started.
        Arc::new(App { port: unsafe { htons(port) }, name_len: 256 })
    }

    fn start(self: &Arc<App>) -> Result<(), i32> {
        let mut data: WSADATA = unsafe { std::mem::zeroed() };
        match unsafe { WSAStartup(0x0202, &mut data) } {
            0 => Ok(()),
            WSASYSNOTREADY => Err(WSASYSNOTREADY),
            other => Err(other),
        }
    }

    fn announce(&self) -> Result<(), i32> {
        let mut name = vec![0u8; self.name_len as usize];
        if unsafe { gethostname(name.as_mut_ptr(), self.name_len) } != 0 {
            return Err(unsafe { WSAGetLastError() });
        }
        println!("port {} ({:?})", self.port, name.first());
        Ok(())
    }
}

fn main() -> Result<(), i32> {
    let app = App::configure(8080);
    app.start()?;
    let worker = thread::spawn({
        let app = Arc::clone(&app);
        move || app.announce()
    });
    let res = worker.join().unwrap_or(Err(-1));
    unsafe { WSACleanup() };
    res
}
