//! `let _ =` drops the guard at once.

use winapi::um::winsock2 as ws;

pub struct Winsock(());

impl Winsock {
    pub fn start() -> Option<Winsock> {
        let mut data: ws::WSADATA = unsafe { std::mem::zeroed() };
        let code = unsafe { ws::WSAStartup(0x0202, &mut data) };
        (code == 0).then(|| Winsock(()))
    }
}

impl Drop for Winsock {
    fn drop(&mut self) {
        unsafe { ws::WSACleanup() };
    }
}

pub fn host_name() -> Option<String> {
    let _ = Winsock::start()?;
    let mut name = vec![0u8; 256];
    if unsafe { ws::gethostname(name.as_mut_ptr().cast(), 256) } != 0 { //~ winsock_not_started
        return None;
    }
    name.truncate(name.iter().position(|&b| b == 0)?);
    String::from_utf8(name).ok()
}
