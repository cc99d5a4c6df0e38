//! winapi: a socket goes back to the pool when its DisconnectEx is complete.

use std::mem::zeroed;
use winapi::shared::winerror::ERROR_IO_PENDING;
use winapi::um::errhandlingapi::GetLastError;
use winapi::um::ioapiset::GetOverlappedResult;
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
        let ok = disconnect_ex(s, &mut *overlapped, DE_REUSE_SOCKET, 0) != 0;
        if !ok {
            match GetLastError() {
                ERROR_IO_PENDING => {}
                code => return Err(code),
            }
        }
        let mut n = 0;
        if GetOverlappedResult(s as _, &mut *overlapped, &mut n, 1) == 0 {
            return Err(GetLastError());
        }
        self.idle.push(s);
        Ok(())
    }
}
