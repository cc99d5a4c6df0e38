//! socket2 turns the linger time off before the raw socket is made nonblocking.

use socket2::{Domain, SockAddr, Socket, Type};
use std::io;
use std::os::windows::io::IntoRawSocket;
use std::time::Duration;
use windows_sys::Win32::Networking::WinSock as ws;

pub fn drain(addr: &SockAddr, into: &mut [u8]) -> io::Result<i32> {
    let socket = Socket::new(Domain::IPV6, Type::STREAM, None)?;
    socket.set_linger(Some(Duration::from_millis(2_500)))?;
    socket.connect(addr)?;
    socket.send(b"STATUS\n")?;
    socket.set_linger(None)?;
    let s = socket.into_raw_socket() as ws::SOCKET;
    let mut on = 1;
    let n = unsafe {
        ws::ioctlsocket(s, ws::FIONBIO, &mut on);
        ws::recv(s, into.as_mut_ptr(), into.len() as i32, 0)
    };
    unsafe { ws::closesocket(s) };
    Ok(n.max(0))
}
