//! let-else binds the guard, which then lives to the end of main.

use windows_sys::Win32::Networking::WinSock::*;

struct Session {
    data: WSADATA,
}

impl Session {
    fn open() -> Result<Session, i32> {
        let mut session = Session { data: WSADATA::default() };
        let code = unsafe { WSAStartup(0x202, &mut session.data) };
        if code == 0 {
            Ok(session)
        } else {
            // No start-up, nothing to clean up.
            std::mem::forget(session);
            Err(code)
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        unsafe { WSACleanup() };
    }
}

fn main() {
    let Ok(_session) = Session::open() else {
        eprintln!("no Winsock");
        return;
    };
    let mut name = [0u16; 256];
    if unsafe { GetHostNameW(name.as_mut_ptr(), 256) } == 0 {
        println!("{}", String::from_utf16_lossy(&name));
    }
}
