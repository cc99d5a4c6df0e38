//! The start-up guard is the last field, so the socket is dropped first: closesocket, then WSACleanup.

use std::io;
use windows_sys::Win32::Networking::WinSock::*;

struct Winsock;

impl Winsock {
    fn start() -> io::Result<Winsock> {
        let mut data: WSADATA = unsafe { std::mem::zeroed() };
        let code = unsafe { WSAStartup(0x202, &mut data) };
        if code != 0 {
            return Err(io::Error::from_raw_os_error(code));
        }
        Ok(Winsock)
    }
}

impl Drop for Winsock {
    fn drop(&mut self) {
        unsafe { WSACleanup() };
    }
}

struct Udp(SOCKET);

impl Udp {
    fn open() -> io::Result<Udp> {
        match unsafe { socket(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP) } {
            INVALID_SOCKET => Err(io::Error::last_os_error()),
            s => Ok(Udp(s)),
        }
    }
}

impl Drop for Udp {
    fn drop(&mut self) {
        unsafe { closesocket(self.0) };
    }
}

struct Client {
    udp: Udp,
    _winsock: Winsock,
}

impl Client {
    fn new() -> io::Result<Client> {
        let winsock = Winsock::start()?;
        let udp = Udp::open()?;
        Ok(Client { udp, _winsock: winsock })
    }

    fn receive_buffer(&self) -> io::Result<i32> {
        let mut size = 0i32;
        let mut len = size_of::<i32>() as i32;
        match unsafe { getsockopt(self.udp.0, SOL_SOCKET, SO_RCVBUF, (&raw mut size).cast(), &mut len) } {
            0 => Ok(size),
            _ => Err(io::Error::last_os_error()),
        }
    }
}

fn main() -> io::Result<()> {
    let client = Client::new()?;
    println!("{}", client.receive_buffer()?);
    Ok(())
}
