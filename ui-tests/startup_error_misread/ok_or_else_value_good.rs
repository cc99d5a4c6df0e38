//! `.ok_or_else` makes the error of a failed WSAStartup from the code that it returned.

use std::io;
use std::sync::Mutex;
use windows_sys::Win32::Networking::WinSock as ws;

static USERS: Mutex<u32> = Mutex::new(0);

/// Winsock is started while at least one of these exists.
pub struct Token(());

impl Token {
    pub fn acquire() -> io::Result<Token> {
        let mut users = USERS.lock().unwrap();
        if *users == 0 {
            let mut data = unsafe { std::mem::zeroed::<ws::WSADATA>() };
            let code = unsafe { ws::WSAStartup(0x0202, &mut data) };
            (code == 0).then_some(()).ok_or_else(|| io::Error::from_raw_os_error(code))?;
        }
        *users += 1;
        Ok(Token(()))
    }
}

impl Drop for Token {
    fn drop(&mut self) {
        let mut users = USERS.lock().unwrap();
        *users -= 1;
        if *users == 0 {
            unsafe { ws::WSACleanup() };
        }
    }
}

impl Clone for Token {
    fn clone(&self) -> Token {
        *USERS.lock().unwrap() += 1;
        Token(())
    }
}
