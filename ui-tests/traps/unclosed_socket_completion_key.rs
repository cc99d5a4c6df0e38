//! The accepted socket lives in a leaked context whose address is the completion key.

use std::io;
use std::ptr::null_mut;
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::{INVALID_SOCKET, SOCKET, accept, closesocket};
use windows_sys::Win32::System::IO::CreateIoCompletionPort;

pub struct Context {
    socket: SOCKET,
    received: Vec<u8>,
}

impl Drop for Context {
    fn drop(&mut self) {
        unsafe { closesocket(self.socket) };
    }
}

pub struct Port {
    handle: HANDLE,
}

impl Port {
    /// The handle stays with the caller.
    pub unsafe fn borrow(handle: HANDLE) -> Port {
        Port { handle }
    }

    pub fn accept_into(&self, listener: SOCKET) -> io::Result<()> {
        let socket = unsafe { accept(listener, null_mut(), null_mut()) };
        if socket == INVALID_SOCKET {
            return Err(io::Error::last_os_error());
        }
        let context = Box::new(Context { socket, received: Vec::with_capacity(4096) });
        let key = Box::into_raw(context);
        let port = unsafe { CreateIoCompletionPort((*key).socket as HANDLE, self.handle, key as usize, 0) };
        if port.is_null() {
            let err = io::Error::last_os_error();
            drop(unsafe { Box::from_raw(key) });
            return Err(err);
        }
        Ok(())
    }

    /// The peer of this key has gone.
    pub unsafe fn finish(&self, key: usize) -> Vec<u8> {
        let mut context = unsafe { Box::from_raw(key as *mut Context) };
        std::mem::take(&mut context.received)
    }
}
