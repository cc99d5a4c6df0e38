//! Lingering is off during the handshake and comes back through SO_DONTLINGER, but no timeout was ever set.

use std::io;

mod sys {
    pub const SOL_SOCKET: i32 = 0xffff;
    pub const SO_LINGER: i32 = 0x0080;
    pub const SO_DONTLINGER: i32 = !SO_LINGER;
    pub const INVALID_SOCKET: usize = usize::MAX;

    #[repr(C)]
    pub struct Linger {
        pub l_onoff: u16,
        pub l_linger: u16,
    }

    #[link(name = "ws2_32")]
    unsafe extern "system" {
        pub fn socket(af: i32, kind: i32, protocol: i32) -> usize;
        pub fn connect(s: usize, name: *const u8, len: i32) -> i32;
        pub fn setsockopt(s: usize, level: i32, name: i32, value: *const u8, len: i32) -> i32;
        pub fn closesocket(s: usize) -> i32;
    }
}

pub struct Session {
    raw: usize,
}

impl Drop for Session {
    fn drop(&mut self) {
        unsafe { sys::closesocket(self.raw) };
    }
}

fn cvt(res: i32) -> io::Result<()> {
    if res == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

/// `name` is a SOCKADDR_IN.
pub fn connect(name: &[u8; 16]) -> io::Result<Session> {
    let raw = unsafe { sys::socket(2, 1, 6) };
    if raw == sys::INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let session = Session { raw };
    let mut dont = 1i32;
    cvt(unsafe { sys::setsockopt(session.raw, sys::SOL_SOCKET, sys::SO_DONTLINGER, (&raw const dont).cast(), 4) })?;
    cvt(unsafe { sys::connect(session.raw, name.as_ptr(), 16) })?;
    dont = 0;
    cvt(unsafe { sys::setsockopt(session.raw, sys::SOL_SOCKET, sys::SO_DONTLINGER, (&raw const dont).cast(), 4) })?; //~ dontlinger_unspecified_timeout
    Ok(session)
}
