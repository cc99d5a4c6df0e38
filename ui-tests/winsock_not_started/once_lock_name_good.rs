//! The closure of a OnceLock asks for the host name; main starts Winsock before its banner needs the name.

use std::sync::OnceLock;
use winapi::um::winsock2::{WSACleanup, WSADATA, WSAGetLastError, WSAStartup, gethostname};

#[derive(Debug)]
enum Failure {
    Start(i32),
    Name(i32),
}

fn host() -> &'static Result<String, i32> {
    static HOST: OnceLock<Result<String, i32>> = OnceLock::new();
    HOST.get_or_init(|| {
        let mut name = vec![0u8; 256];
        let res = unsafe { gethostname(name.as_mut_ptr().cast(), 256) };
        if res != 0 {
            return Err(unsafe { WSAGetLastError() });
        }
        name.retain(|b| *b != 0);
        Ok(String::from_utf8_lossy(&name).into_owned())
    })
}

fn start() -> Result<(), Failure> {
    let mut data: WSADATA = unsafe { std::mem::zeroed() };
    match unsafe { WSAStartup(0x0202, &mut data) } {
        0 => Ok(()),
        code => Err(Failure::Start(code)),
    }
}

fn banner(program: &str) -> Result<String, Failure> {
    match host() {
        Ok(name) => Ok(format!("{program} on {name}")),
        Err(code) => Err(Failure::Name(*code)),
    }
}

fn main() -> Result<(), Failure> {
    start()?;
    let text = banner("relay").inspect_err(|_| {
        unsafe { WSACleanup() };
    })?;
    println!("{text}");
    println!("ready");
    unsafe { WSACleanup() };
    Ok(())
}
