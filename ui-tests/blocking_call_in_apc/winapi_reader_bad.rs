//! A queued wake-up function pulls what has arrived with recv through the connection's Read impl.

use std::io::{self, Read};
use winapi::shared::basetsd::ULONG_PTR;
use winapi::um::processthreadsapi::QueueUserAPC;
use winapi::um::winnt::HANDLE;
use winapi::um::winsock2::{SOCKET, SOCKET_ERROR, WSAGetLastError, recv};

pub struct Connection {
    socket: SOCKET,
    pub inbox: Vec<u8>,
}

impl Read for Connection {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = unsafe { recv(self.socket, buf.as_mut_ptr().cast(), buf.len() as i32, 0) }; //~ blocking_call_in_apc
        if n == SOCKET_ERROR {
            return Err(io::Error::from_raw_os_error(unsafe { WSAGetLastError() }));
        }
        Ok(n as usize)
    }
}

impl Connection {
    /// Borrows a connected blocking socket of the caller's.
    pub fn new(socket: SOCKET) -> Connection {
        Connection { socket, inbox: Vec::new() }
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
    if let Err(e) = conn.pull() {
        eprintln!("pull: {e}");
    }
}

/// `conn` stays valid until the thread has run the function.
pub unsafe fn poke(thread: HANDLE, conn: *mut Connection) -> bool {
    unsafe { QueueUserAPC(Some(wake), thread, conn as ULONG_PTR) != 0 }
}
