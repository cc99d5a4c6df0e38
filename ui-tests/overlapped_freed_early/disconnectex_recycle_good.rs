//! A connection cache recycles sockets with DisconnectEx and waits for each disconnect.

use std::collections::VecDeque;
use std::io;
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::*;
use windows_sys::Win32::System::IO::OVERLAPPED;

type DisconnectEx = unsafe extern "system" fn(SOCKET, *mut OVERLAPPED, u32, u32) -> windows_sys::core::BOOL;

pub struct Cache {
    idle: VecDeque<SOCKET>,
    disconnect_ex: DisconnectEx,
    event: WSAEVENT,
}

impl Cache {
    pub fn new(disconnect_ex: DisconnectEx, event: WSAEVENT) -> Cache {
        Cache { idle: VecDeque::new(), disconnect_ex, event }
    }

    pub fn take(&mut self) -> Option<SOCKET> {
        self.idle.pop_front()
    }

    pub fn recycle(&mut self, s: SOCKET) -> io::Result<()> {
        let mut overlapped = OVERLAPPED { hEvent: self.event as HANDLE, ..Default::default() };
        let ok = unsafe { (self.disconnect_ex)(s, &mut overlapped, TF_REUSE_SOCKET, 0) };
        if ok == 0 {
            match unsafe { WSAGetLastError() } {
                WSA_IO_PENDING => {
                    let (mut n, mut flags) = (0, 0);
                    if unsafe { WSAGetOverlappedResult(s, &overlapped, &mut n, 1, &mut flags) } == 0 {
                        return Err(io::Error::last_os_error());
                    }
                }
                code => return Err(io::Error::from_raw_os_error(code)),
            }
        }
        self.idle.push_back(s);
        Ok(())
    }
}

impl Drop for Cache {
    fn drop(&mut self) {
        for s in self.idle.drain(..) {
            unsafe { closesocket(s) };
        }
    }
}
