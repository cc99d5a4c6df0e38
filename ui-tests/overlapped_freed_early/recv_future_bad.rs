//! A receive future whose Drop only asks for cancellation; the boxed operation is freed with it.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::{
    SOCKET, SOCKET_ERROR, WSA_IO_INCOMPLETE, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSAGetOverlappedResult, WSARecv,
};
use windows_sys::Win32::System::IO::{CancelIoEx, OVERLAPPED};

struct RecvOp {
    overlapped: OVERLAPPED,
    buf: Vec<u8>,
}

pub struct RecvFuture {
    socket: SOCKET,
    event: HANDLE,
    op: Option<Box<RecvOp>>,
}

impl RecvFuture {
    /// Socket and event stay the caller's; the event belongs to this future until it is dropped.
    pub fn new(socket: SOCKET, event: HANDLE) -> Self {
        RecvFuture { socket, event, op: None }
    }
}

impl Future for RecvFuture {
    type Output = io::Result<Vec<u8>>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        let (mut n, mut flags) = (0u32, 0u32);
        if let Some(op) = this.op.as_mut() {
            if unsafe { WSAGetOverlappedResult(this.socket, &op.overlapped, &mut n, 0, &mut flags) } == 0 {
                let code = unsafe { WSAGetLastError() };
                if code == WSA_IO_INCOMPLETE {
                    cx.waker().wake_by_ref();
                    return Poll::Pending;
                }
                this.op = None;
                return Poll::Ready(Err(io::Error::from_raw_os_error(code)));
            }
            let mut data = std::mem::take(&mut op.buf);
            data.truncate(n as usize);
            this.op = None;
            return Poll::Ready(Ok(data));
        }
        let op = this.op.insert(Box::new(RecvOp { overlapped: OVERLAPPED::default(), buf: vec![0; 4096] }));
        op.overlapped.hEvent = this.event;
        let wsabuf = WSABUF { len: 4096, buf: op.buf.as_mut_ptr() };
        let rc = unsafe { WSARecv(this.socket, &wsabuf, 1, std::ptr::null_mut(), &mut flags, &mut op.overlapped, None) }; //~ overlapped_freed_early
        if rc == SOCKET_ERROR {
            let code = unsafe { WSAGetLastError() };
            if code != WSA_IO_PENDING {
                this.op = None;
                return Poll::Ready(Err(io::Error::from_raw_os_error(code)));
            }
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

impl Drop for RecvFuture {
    fn drop(&mut self) {
        if let Some(op) = self.op.as_ref() {
            unsafe {
                CancelIoEx(self.socket as HANDLE, &op.overlapped);
            }
        }
    }
}
