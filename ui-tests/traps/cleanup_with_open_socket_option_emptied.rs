//! Every exit empties the Option that holds the socket before the guard goes.

use windows_sys::Win32::Networking::WinSock as c;

struct Session {
    socket: Option<c::SOCKET>,
}

impl Session {
    fn start() -> Result<Session, i32> {
        let mut data: c::WSADATA = unsafe { std::mem::zeroed() };
        match unsafe { c::WSAStartup(0x202, &mut data) } {
            0 => Ok(Session { socket: None }),
            code => Err(code),
        }
    }

    fn open(&mut self, kind: i32) -> bool {
        self.close();
        let s = unsafe { c::socket(c::AF_INET as i32, kind, 0) };
        self.socket = (s != c::INVALID_SOCKET).then_some(s);
        self.socket.is_some()
    }

    fn close(&mut self) {
        if let Some(s) = self.socket.take() {
            unsafe { c::closesocket(s) };
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.close();
        unsafe { c::WSACleanup() };
    }
}

pub fn supported_kinds() -> Result<(bool, bool), i32> {
    let mut session = Session::start()?;
    Ok((session.open(c::SOCK_STREAM), session.open(c::SOCK_DGRAM)))
}
