//! A function ported from unix closes the socket with its platform's own function.

use std::io;

#[cfg(windows)]
mod platform {
    pub use libc::{SOCKET, bind, sockaddr, socket};
    pub const BAD: SOCKET = !0;

    pub unsafe fn close(s: SOCKET) -> i32 {
        unsafe { closesocket(s) }
    }

    #[link(name = "ws2_32")]
    unsafe extern "system" {
        fn closesocket(s: SOCKET) -> i32;
    }
}

#[cfg(unix)]
mod platform {
    pub use libc::{bind, close, sockaddr, socket};
    pub type SOCKET = i32;
    pub const BAD: SOCKET = -1;
}

pub struct Port {
    fd: platform::SOCKET,
}

impl Port {
    pub fn bind(addr: &platform::sockaddr) -> io::Result<Port> {
        let fd = unsafe { platform::socket(libc::c_int::from(2u8), 2, 0) };
        if fd == platform::BAD {
            return Err(io::Error::last_os_error());
        }
        let port = Port { fd };
        if unsafe { platform::bind(port.fd, addr, size_of::<platform::sockaddr>() as _) } != 0 {
            return Err(io::Error::last_os_error());
        }
        Ok(port)
    }
}

impl Drop for Port {
    fn drop(&mut self) {
        unsafe { platform::close(self.fd) };
    }
}
