//! A boxed closure is queued as an APC through a generic trampoline; it sends a message, and connecting is done by a thread of its own.

use std::io;

#[cfg(windows)]
mod sys {
    use super::io;
    use std::sync::mpsc::Sender;
    use windows_sys::Win32::Foundation::HANDLE;
    use windows_sys::Win32::Networking::WinSock::{
        AF_INET, INVALID_SOCKET, IPPROTO_TCP, SOCK_STREAM, SOCKADDR_IN, SOCKET, SOCKET_ERROR, closesocket, connect, socket,
    };
    use windows_sys::Win32::System::Threading::QueueUserAPC;

    unsafe extern "system" fn trampoline<F: FnOnce() + Send + 'static>(param: usize) {
        let f = unsafe { Box::from_raw(param as *mut F) };
        f();
    }

    /// Runs `f` on `thread` at its next alertable wait.
    pub fn post<F: FnOnce() + Send + 'static>(thread: HANDLE, f: F) -> io::Result<()> {
        let raw = Box::into_raw(Box::new(f));
        if unsafe { QueueUserAPC(Some(trampoline::<F>), thread, raw as usize) } == 0 {
            let err = io::Error::last_os_error();
            drop(unsafe { Box::from_raw(raw) });
            return Err(err);
        }
        Ok(())
    }

    pub struct Dialer {
        pub thread: HANDLE,
        pub peer: SOCKADDR_IN,
    }

    impl Dialer {
        pub fn dial(&self, done: Sender<SOCKET>) -> io::Result<()> {
            let peer = self.peer;
            std::thread::Builder::new().spawn(move || {
                let s = unsafe { socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP) };
                if s == INVALID_SOCKET {
                    return;
                }
                let res = unsafe { connect(s, (&raw const peer).cast(), size_of::<SOCKADDR_IN>() as i32) };
                if res == SOCKET_ERROR || done.send(s).is_err() {
                    unsafe { closesocket(s) };
                }
            })?;
            Ok(())
        }

        /// Leaves a note on the network thread.
        pub fn note(&self, text: String, notes: Sender<String>) -> io::Result<()> {
            post(self.thread, move || drop(notes.send(text)))
        }
    }
}

#[cfg(windows)]
pub use sys::{Dialer, post};

#[cfg(unix)]
pub fn post<F: FnOnce() + Send + 'static>(_thread: usize, _f: F) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
