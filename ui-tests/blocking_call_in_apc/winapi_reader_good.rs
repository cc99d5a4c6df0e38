//! A queued wake-up function only sets a flag; the Read impl is used by the thread itself when its wait has returned.

use std::io::{self, Read};
use winapi::shared::basetsd::ULONG_PTR;
use winapi::um::processthreadsapi::QueueUserAPC;
use winapi::um::synchapi::SleepEx;
use winapi::um::winnt::HANDLE;
use winapi::um::winsock2::{SOCKET, SOCKET_ERROR, WSAGetLastError, recv};

pub struct Connection {
    socket: SOCKET,
    pub inbox: Vec<u8>,
    pub poked: bool,
}

impl Read for Connection {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = unsafe { recv(self.socket, buf.as_mut_ptr().cast(), buf.len() as i32, 0) };
        if n == SOCKET_ERROR {
            return Err(io::Error::from_raw_os_error(unsafe { WSAGetLastError() }));
        }
        Ok(n as usize)
    }
}

impl Connection {
    /// Borrows a connected blocking socket of the caller's.
    pub fn new(socket: SOCKET) -> Connection {
        Connection { socket, inbox: Vec::new(), poked: false }
    }

    fn pull(&mut self) -> io::Result<()> {
        let mut chunk = [0u8; 512];
        let n = self.read(&mut chunk)?;
        self.inbox.extend_from_slice(&chunk[..n]);
        Ok(())
    }
}

unsafe extern "system" fn wake(param: ULONG_PTR) {
    let conn = unsafe { &mut *(param as *mut Connection) };
    conn.poked = true;
}

/// The loop of the thread that owns `conn`.
pub fn serve(conn: *mut Connection) -> io::Result<()> {
    loop {
        unsafe { SleepEx(1_000, 1) };
        let conn = unsafe { &mut *conn };
        if std::mem::take(&mut conn.poked) {
            conn.pull()?;
        }
    }
}

/// `conn` stays valid until the thread has run the function.
pub unsafe fn poke(thread: HANDLE, conn: *mut Connection) -> bool {
    unsafe { QueueUserAPC(Some(wake), thread, conn as ULONG_PTR) != 0 }
}
