//! A failed WSAStartup is logged and returned before the socket is opened.

use windows::Win32::Networking::WinSock::{
    AF_INET, IPPROTO_UDP, SO_BROADCAST, SOCK_DGRAM, SOCKET, SOCKET_ERROR, SOL_SOCKET, WSACleanup, WSADATA,
    WSAGetLastError, WSAStartup, closesocket, setsockopt, socket,
};
use windows::core::{Error, HRESULT, Result};

pub struct Beacon {
    sock: SOCKET,
}

fn from_code(code: i32) -> Error {
    Error::from_hresult(HRESULT::from_win32(code as u32))
}

impl Beacon {
    pub fn open() -> Result<Beacon> {
        let mut data = WSADATA::default();
        let code = unsafe { WSAStartup(0x202, &mut data) };
        if code != 0 {
            eprintln!("WSAStartup failed: {code}");
            return Err(from_code(code));
        }

        let opened = unsafe { socket(AF_INET.0 as i32, SOCK_DGRAM, IPPROTO_UDP.0) };
        let beacon = opened.map(|sock| Beacon { sock }).inspect_err(|_| {
            unsafe { WSACleanup() };
        })?;
        beacon.allow_broadcast()?;
        Ok(beacon)
    }

    fn allow_broadcast(&self) -> Result<()> {
        let on = 1i32.to_ne_bytes();
        if unsafe { setsockopt(self.sock, SOL_SOCKET, SO_BROADCAST, Some(&on)) } == SOCKET_ERROR {
            return Err(from_code(unsafe { WSAGetLastError() }.0));
        }
        Ok(())
    }
}

impl Drop for Beacon {
    fn drop(&mut self) {
        unsafe {
            closesocket(self.sock);
            WSACleanup();
        }
    }
}
