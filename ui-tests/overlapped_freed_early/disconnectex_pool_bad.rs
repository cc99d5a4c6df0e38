//! winapi: a socket goes back to the pool while its DisconnectEx still uses the boxed OVERLAPPED.

use std::mem::zeroed;
use winapi::shared::winerror::ERROR_IO_PENDING;
use winapi::um::errhandlingapi::GetLastError;
use winapi::um::minwinbase::OVERLAPPED;
use winapi::um::mswsock::{DE_REUSE_SOCKET, LPFN_DISCONNECTEX};
use winapi::um::winsock2::SOCKET;

pub struct Pool {
    pub disconnect_ex: LPFN_DISCONNECTEX,
    pub idle: Vec<SOCKET>,
}

impl Pool {
    pub unsafe fn recycle(&mut self, s: SOCKET) -> Result<(), u32> {
        let Some(disconnect_ex) = self.disconnect_ex else { return Err(50) };
        let mut overlapped: Box<OVERLAPPED> = Box::new(zeroed());
        let ok = disconnect_ex(s, &mut *overlapped, DE_REUSE_SOCKET, 0) != 0; //~ overlapped_freed_early
        if !ok {
            match GetLastError() {
                ERROR_IO_PENDING => {}
                code => return Err(code),
            }
        }
        self.idle.push(s);
        Ok(())
    }
}
