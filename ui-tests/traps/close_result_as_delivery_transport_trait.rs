//! A transport's flush_and_close() promises arrival and answers whether the peer ended the connection after our shutdown.

use std::io;
use std::mem::ManuallyDrop;
use windows_sys::Win32::Networking::WinSock::*;

/// How a transport ends.
pub trait Transport: Sized {
    /// Returns true if everything written has arrived at the peer.
    fn flush_and_close(self) -> bool;
}

pub struct Tcp {
    socket: SOCKET,
}

impl Tcp {
    pub fn connect(peer: &SOCKADDR_IN) -> io::Result<Tcp> {
        let socket = unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) };
        if socket == INVALID_SOCKET {
            return Err(io::Error::last_os_error());
        }
        let tcp = Tcp { socket };
        let res = unsafe { connect(tcp.socket, std::ptr::from_ref(peer).cast(), size_of_val(peer) as i32) };
        if res == SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(tcp) }
    }
}

impl io::Write for Tcp {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        let n = unsafe { send(self.socket, buf.as_ptr(), buf.len() as i32, 0) };
        usize::try_from(n).map_err(|_| io::Error::last_os_error())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Transport for Tcp {
    fn flush_and_close(self) -> bool {
        let me = ManuallyDrop::new(self);
        let linger = LINGER { l_onoff: 1, l_linger: 60 };
        unsafe { setsockopt(me.socket, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), size_of::<LINGER>() as i32) };
        let mut rest = [0u8; 256];
        unsafe { shutdown(me.socket, SD_SEND) };
        let arrived = loop {
            match unsafe { recv(me.socket, rest.as_mut_ptr(), rest.len() as i32, 0) } {
                0 => break true,
                SOCKET_ERROR => break false,
                _ => {}
            }
        };
        let closed = unsafe { closesocket(me.socket) } == 0;
        debug_assert!(closed);
        arrived
    }
}

impl Drop for Tcp {
    fn drop(&mut self) {
        unsafe { closesocket(self.socket) };
    }
}
