//! Both clients bind before they connect, which is legal, and the datagram one sends by sendto without any connect.

use std::io;
use windows_sys::Win32::Networking::WinSock as ws;

const LEN: i32 = size_of::<ws::SOCKADDR_IN>() as i32;

struct Sock(ws::SOCKET);

impl Drop for Sock {
    fn drop(&mut self) {
        unsafe { ws::closesocket(self.0) };
    }
}

impl Sock {
    fn bound(kind: ws::WINSOCK_SOCKET_TYPE, local: &ws::SOCKADDR_IN) -> io::Result<Sock> {
        let s = unsafe { ws::socket(ws::AF_INET as i32, kind, 0) };
        if s == ws::INVALID_SOCKET {
            return Err(io::Error::last_os_error());
        }
        let sock = Sock(s);
        cvt(unsafe { ws::bind(sock.0, std::ptr::from_ref(local).cast(), LEN) })?;
        Ok(sock)
    }
}

fn cvt(res: i32) -> io::Result<usize> {
    usize::try_from(res).map_err(|_| io::Error::last_os_error())
}

pub fn notify(local: &ws::SOCKADDR_IN, to: &ws::SOCKADDR_IN, text: &[u8]) -> io::Result<usize> {
    let (data, len, to) = (text.as_ptr(), text.len() as i32, std::ptr::from_ref(to).cast());

    let udp = Sock::bound(ws::SOCK_DGRAM, local)?;
    cvt(unsafe { ws::sendto(udp.0, data, len, 0, to, LEN) })?;
    cvt(unsafe { ws::connect(udp.0, to, LEN) })?;
    cvt(unsafe { ws::send(udp.0, data, len, 0) })?;

    let tcp = Sock::bound(ws::SOCK_STREAM, local)?;
    cvt(unsafe { ws::connect(tcp.0, to, LEN) })?;
    cvt(unsafe { ws::send(tcp.0, data, len, 0) })
}
