//! An ATM message and shutdown of both sides directly behind it; only then a pause.

use std::io::{Error, Result};
use std::thread::sleep;
use std::time::Duration;

mod net {
    pub use windows_sys::Win32::Networking::WinSock::{
        AF_ATM, ATMPROTO_AAL5, INVALID_SOCKET, SD_BOTH, SOCK_RAW, SOCKADDR, SOCKADDR_ATM, SOCKET, closesocket, connect, send, shutdown, socket,
    };
}

fn cvt(rc: i32) -> Result<i32> {
    if rc < 0 { Err(Error::last_os_error()) } else { Ok(rc) }
}

fn call(to: &net::SOCKADDR_ATM) -> Result<net::SOCKET> {
    let s = unsafe { net::socket(net::AF_ATM as i32, net::SOCK_RAW, net::ATMPROTO_AAL5 as i32) };
    if s == net::INVALID_SOCKET {
        return Err(Error::last_os_error());
    }
    cvt(unsafe { net::connect(s, (&raw const *to).cast::<net::SOCKADDR>(), size_of::<net::SOCKADDR_ATM>() as i32) }).map(|_| s).map_err(|e| {
        unsafe { net::closesocket(s) };
        e
    })
}

pub fn tell(to: &net::SOCKADDR_ATM, message: &str) -> Result<()> {
    let s = call(to)?;
    let sent = cvt(unsafe { net::send(s, message.as_ptr(), message.len() as i32, 0) });
    unsafe { net::shutdown(s, net::SD_BOTH) }; //~ atm_close_after_send
    sleep(Duration::from_millis(300));
    unsafe { net::closesocket(s) };
    sent.map(|_| ())
}
