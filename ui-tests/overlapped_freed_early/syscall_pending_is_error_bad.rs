//! A `syscall!` macro makes an error of WSA_IO_PENDING too, and the `?` frees the boxed operation.

use std::io;
use std::mem::MaybeUninit;
use windows_sys::Win32::Networking::WinSock::{SOCKET, SOCKET_ERROR, WSA_IO_PENDING, WSABUF, WSARecv};
use windows_sys::Win32::System::IO::OVERLAPPED;

macro_rules! syscall {
    ($fn:ident ( $($arg:expr),* $(,)? ), $fail:expr) => {{
        let res = unsafe { $fn($($arg),*) };
        if res == $fail {
            let err = io::Error::last_os_error();
            Err(err)
        } else {
            Ok(res)
        }
    }};
}

#[repr(C)]
pub struct ReadOp<C> {
    overlapped: OVERLAPPED,
    buf: [MaybeUninit<u8>; 1024],
    context: C,
}

impl<C> ReadOp<C> {
    pub fn submit(socket: SOCKET, context: C) -> io::Result<()> {
        let mut op = Box::new(ReadOp { overlapped: OVERLAPPED::default(), buf: [MaybeUninit::uninit(); 1024], context });
        let wsabuf = WSABUF { len: 1024, buf: op.buf.as_mut_ptr().cast() };
        let mut flags = 0;
        syscall!(WSARecv(socket, &wsabuf, 1, std::ptr::null_mut(), &mut flags, &mut op.overlapped, None), SOCKET_ERROR)?; //~ overlapped_freed_early
        let _ = Box::into_raw(op);
        Ok(())
    }

    /// # Safety
    /// The port has returned `overlapped`, and it was submitted with the same type.
    pub unsafe fn complete(overlapped: *mut OVERLAPPED) -> C {
        let op = unsafe { Box::from_raw(overlapped.cast::<ReadOp<C>>()) };
        op.context
    }
}
