//! A Future whose poll sends the rest of a buffer, then shuts down and closes without lingering.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use windows_sys::Win32::Networking::WinSock::*;

pub struct Flush {
    socket: Option<SOCKET>,
    data: Vec<u8>,
    sent: usize,
}

impl Flush {
    /// Takes over an accepted socket of a blocking listener.
    pub fn accept_from(listener: SOCKET, data: Vec<u8>) -> io::Result<Flush> {
        let mut off = 0u32;
        let socket = unsafe { accept(listener, std::ptr::null_mut(), std::ptr::null_mut()) };
        if socket == INVALID_SOCKET {
            return Err(io::Error::last_os_error());
        }
        unsafe { ioctlsocket(socket, FIONBIO, &mut off) };
        Ok(Flush { socket: Some(socket), data, sent: 0 })
    }
}

impl Future for Flush {
    type Output = io::Result<usize>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(s) = self.socket else {
            return Poll::Ready(Err(io::ErrorKind::NotConnected.into()));
        };
        let rest = &self.data[self.sent..];
        let part = &rest[..rest.len().min(1024)];
        let n = unsafe { send(s, part.as_ptr(), part.len() as i32, 0) };
        let res = if n == SOCKET_ERROR { Err(io::Error::last_os_error()) } else { Ok(n as usize) };
        if let Ok(n) = res {
            self.sent += n;
            if self.sent < self.data.len() {
                cx.waker().wake_by_ref();
                return Poll::Pending;
            }
        }
        self.socket = None;
        let linger = LINGER { l_onoff: 0, l_linger: 4 };
        unsafe { setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), size_of::<LINGER>() as i32) };
        unsafe { shutdown(s, SD_SEND) };
        unsafe { closesocket(s) };
        Poll::Ready(res.map(|_| self.sent))
    }
}

impl Drop for Flush {
    fn drop(&mut self) {
        if let Some(s) = self.socket.take() {
            unsafe { closesocket(s) };
        }
    }
}
