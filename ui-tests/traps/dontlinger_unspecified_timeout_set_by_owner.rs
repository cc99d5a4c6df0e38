//! The constructor sets a linger timeout in a helper; clearing SO_DONTLINGER after a probe reinstates it.

use std::io;
use windows_sys::Win32::Networking::WinSock as ws;

pub struct Client {
    s: Option<ws::SOCKET>,
}

fn put<T>(s: ws::SOCKET, name: i32, value: &T) -> io::Result<()> {
    let at = std::ptr::from_ref(value).cast();
    match unsafe { ws::setsockopt(s, ws::SOL_SOCKET, name, at, size_of::<T>() as i32) } {
        ws::SOCKET_ERROR => Err(io::Error::last_os_error()),
        _ => Ok(()),
    }
}

fn open() -> io::Result<ws::SOCKET> {
    match unsafe { ws::socket(ws::AF_INET as i32, ws::SOCK_STREAM, 0) } {
        ws::INVALID_SOCKET => Err(io::Error::last_os_error()),
        s => Ok(s),
    }
}

impl Client {
    pub fn probe(addr: &ws::SOCKADDR_IN) -> io::Result<Client> {
        let s = open()?;
        let client = Client { s: Some(s) };
        put(s, ws::SO_LINGER, &ws::LINGER { l_onoff: 1, l_linger: 10 })?;
        put(s, ws::SO_DONTLINGER, &1i32)?;
        if unsafe { ws::connect(s, std::ptr::from_ref(addr).cast(), size_of_val(addr) as i32) } != 0 {
            return Err(io::Error::last_os_error());
        }
        put(s, ws::SO_DONTLINGER, &0i32)?;
        Ok(client)
    }

    pub fn close(&mut self) {
        if let Some(s) = self.s.take() {
            unsafe { ws::closesocket(s) };
        }
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        self.close();
    }
}
