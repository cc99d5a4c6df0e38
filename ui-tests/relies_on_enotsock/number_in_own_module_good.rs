//! The call comes before the owner is dropped, and no code of a closed socket is looked at.

use std::io;

mod c {
    pub type Socket = usize;
    pub const FAILED: i32 = -1;
    pub const NOT_A_SOCKET: i32 = 10038;

    #[link(name = "ws2_32")]
    unsafe extern "system" {
        pub fn closesocket(s: Socket) -> i32;
        pub fn listen(s: Socket, backlog: i32) -> i32;
    }
}

struct Owner(c::Socket);

impl Drop for Owner {
    fn drop(&mut self) {
        unsafe { c::closesocket(self.0) };
    }
}

fn cvt(r: i32) -> io::Result<()> {
    if r == c::FAILED { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// Takes the bound socket.
pub fn freed(bound: c::Socket) -> bool {
    let owner = Owner(bound);
    let listening = cvt(unsafe { c::listen(bound, 1) });
    drop(owner);
    listening.is_ok()
}
