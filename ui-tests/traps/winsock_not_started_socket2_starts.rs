//! main never calls WSAStartup itself: socket2 starts Winsock through std when it makes its first socket.

use socket2::{Domain, Protocol, Socket, Type};
use std::io;
use std::os::windows::io::AsRawSocket;
use windows_sys::Win32::Networking::WinSock::{SO_RCVBUF, SOCKET, SOCKET_ERROR, SOL_SOCKET, getsockopt};

struct Probe {
    inner: Socket,
}

impl Probe {
    fn open(kind: Type, protocol: Protocol) -> io::Result<Probe> {
        Socket::new(Domain::IPV4, kind, Some(protocol)).map(|inner| Probe { inner })
    }

    fn receive_buffer(&self) -> io::Result<i32> {
        let s = self.inner.as_raw_socket() as SOCKET;
        let mut size = 0i32;
        let mut len = size_of::<i32>() as i32;
        let res = unsafe { getsockopt(s, SOL_SOCKET, SO_RCVBUF, (&raw mut size).cast(), &mut len) };
        if res == SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(size) }
    }
}

fn main() -> io::Result<()> {
    for (kind, protocol) in [(Type::STREAM, Protocol::TCP), (Type::DGRAM, Protocol::UDP)] {
        let probe = Probe::open(kind, protocol)?;
        println!("{kind:?}: {}", probe.receive_buffer()?);
    }
    Ok(())
}
