//! Everything by glob from the windows crate; a use after the close.

use windows::Win32::Networking::WinSock::*;
use windows::core::Result;

pub fn bound_port(addr: &SOCKADDR_IN) -> Result<Option<u16>> {
    let len = size_of::<SOCKADDR_IN>() as i32;
    unsafe {
        let s = socket(AF_INET.0.into(), SOCK_DGRAM, 0)?;
        let mut name = SOCKADDR_IN::default();
        let mut name_len = len;
        let ok = bind(s, std::ptr::from_ref(addr).cast(), len) == 0;
        closesocket(s);
        let ok = ok && getsockname(s, (&raw mut name).cast(), &mut name_len) == 0; //~ use_after_close
        Ok(ok.then(|| u16::from_be(name.sin_port)))
    }
}
