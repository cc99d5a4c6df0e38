//! A future starts a receive when first polled; its Drop cancels and waits.

use std::future::Future;
use std::pin::Pin;
use std::ptr::null_mut;
use std::task::{Context, Poll};
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_INCOMPLETE, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSAGetOverlappedResult, WSARecv};
use windows_sys::Win32::System::IO::{CancelIoEx, OVERLAPPED};

pub struct Recv {
    s: SOCKET,
    overlapped: Box<OVERLAPPED>,
    buf: Vec<u8>,
    pending: bool,
}

pub fn recv(s: SOCKET, len: usize) -> Recv {
    Recv { s, overlapped: Box::default(), buf: vec![0; len], pending: false }
}

impl Future for Recv {
    type Output = Result<Vec<u8>, i32>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let (mut n, mut flags) = (0, 0);
        if !this.pending {
            let data = WSABUF { len: this.buf.len() as u32, buf: this.buf.as_mut_ptr() };
            let r = unsafe { WSARecv(this.s, &data, 1, null_mut(), &mut flags, &mut *this.overlapped, None) };
            if r != 0 && unsafe { WSAGetLastError() } != WSA_IO_PENDING {
                return Poll::Ready(Err(unsafe { WSAGetLastError() }));
            }
            this.pending = true;
        }
        if unsafe { WSAGetOverlappedResult(this.s, &*this.overlapped, &mut n, 0, &mut flags) } == 0 {
            let code = unsafe { WSAGetLastError() };
            if code == WSA_IO_INCOMPLETE {
                cx.waker().wake_by_ref();
                return Poll::Pending;
            }
            this.pending = false;
            return Poll::Ready(Err(code));
        }
        this.pending = false;
        this.buf.truncate(n as usize);
        Poll::Ready(Ok(std::mem::take(&mut this.buf)))
    }
}

impl Drop for Recv {
    fn drop(&mut self) {
        if self.pending {
            let (mut n, mut flags) = (0, 0);
            unsafe { CancelIoEx(self.s as _, &*self.overlapped) };
            unsafe { WSAGetOverlappedResult(self.s, &*self.overlapped, &mut n, 1, &mut flags) };
        }
    }
}
