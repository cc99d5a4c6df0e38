//! The guard exists only once WSAStartup has succeeded, so its drop never cleans up what was not started.

use std::fmt;
use winapi::shared::minwindef::MAKEWORD;
use winapi::um::winsock2::{WSACleanup, WSADATA, WSAStartup, gethostname};

#[derive(Debug)]
pub struct StartError(i32);

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Winsock did not start: {}", self.0)
    }
}

impl std::error::Error for StartError {}

pub struct Session {
    data: WSADATA,
}

impl Session {
    pub fn begin(major: u8, minor: u8) -> Result<Session, StartError> {
        let mut data = unsafe { std::mem::zeroed() };
        let code = unsafe { WSAStartup(MAKEWORD(major, minor), &mut data) };
        if code != 0 {
            return Err(StartError(code));
        }
        Ok(Session { data })
    }

    pub fn highest(&self) -> u16 {
        self.data.wHighVersion
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        unsafe { WSACleanup() };
    }
}

fn main() -> Result<(), StartError> {
    let session = Session::begin(2, 2)?;
    let mut name = [0i8; 64];
    let res = unsafe { gethostname(name.as_mut_ptr(), name.len() as i32) };
    println!("{:#x} {res}", session.highest());
    Ok(())
}
