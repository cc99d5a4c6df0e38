//! main drops one of two start-up guards; the reporter has its own and may still open a socket.

use windows_sys::Win32::Networking::WinSock::{
    AF_INET, INVALID_SOCKET, IPPROTO_UDP, SOCK_DGRAM, SOCKADDR_IN, WSACleanup, WSADATA, WSAGetLastError,
    WSAStartup, closesocket, gethostname, sendto, socket,
};

struct Winsock(());

impl Winsock {
    fn start() -> Result<Winsock, i32> {
        let mut data: WSADATA = unsafe { std::mem::zeroed() };
        let code = unsafe { WSAStartup(0x202, &mut data) };
        if code == 0 { Ok(Winsock(())) } else { Err(code) }
    }
}

impl Drop for Winsock {
    fn drop(&mut self) {
        unsafe { WSACleanup() };
    }
}

struct Reporter {
    to: SOCKADDR_IN,
    _winsock: Winsock,
}

impl Reporter {
    fn new(port: u16) -> Result<Reporter, i32> {
        let mut to: SOCKADDR_IN = unsafe { std::mem::zeroed() };
        to.sin_family = AF_INET;
        to.sin_port = port.to_be();
        to.sin_addr.S_un.S_addr = u32::from_ne_bytes([127, 0, 0, 1]);
        Ok(Reporter { to, _winsock: Winsock::start()? })
    }

    fn line(&self, text: &str) -> Result<(), i32> {
        let s = unsafe { socket(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP) };
        if s == INVALID_SOCKET {
            return Err(unsafe { WSAGetLastError() });
        }
        let to = std::ptr::from_ref(&self.to).cast();
        let sent = unsafe { sendto(s, text.as_ptr(), text.len() as i32, 0, to, size_of::<SOCKADDR_IN>() as i32) };
        let res = if sent < 0 { Err(unsafe { WSAGetLastError() }) } else { Ok(()) };
        unsafe { closesocket(s) };
        res
    }
}

fn main() -> Result<(), i32> {
    let winsock = Winsock::start()?;
    let reporter = Reporter::new(514)?;
    let mut name = [0u8; 256];
    let known = unsafe { gethostname(name.as_mut_ptr(), 256) } == 0;
    drop(winsock);
    reporter.line(if known { "has a name" } else { "has no name" })
}
