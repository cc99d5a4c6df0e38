//! windows crate: the routine finds its context in hEvent and answers with a blocking send.

use std::io;
use windows::Win32::Foundation::HANDLE;
use windows::Win32::Networking::WinSock::*;
use windows::Win32::System::IO::OVERLAPPED;
use windows::Win32::System::Threading::{INFINITE, SleepEx};
use windows::core::PSTR;

struct Echo {
    overlapped: OVERLAPPED,
    socket: SOCKET,
    buf: [u8; 1024],
    done: bool,
}

unsafe extern "system" fn on_read(error: u32, bytes: u32, overlapped: *mut OVERLAPPED, _: u32) {
    unsafe {
        let echo = (*overlapped).hEvent.0 as *mut Echo;
        if error != 0 || bytes == 0 {
            (*echo).done = true;
            return;
        }
        let buf = &mut (&mut (*echo).buf)[..bytes as usize];
        send((*echo).socket, buf, SEND_RECV_FLAGS(0)); //~ blocking_call_in_apc
        (*echo).done = true;
    }
}

pub unsafe fn echo_once(socket: SOCKET) -> io::Result<()> {
    unsafe {
        let echo = Box::into_raw(Box::new(Echo { overlapped: OVERLAPPED::default(), socket, buf: [0; 1024], done: false }));
        (*echo).overlapped.hEvent = HANDLE(echo.cast());
        let data = [WSABUF { len: 1024, buf: PSTR((&raw mut (*echo).buf).cast()) }];
        let mut flags = 0;
        let r = WSARecv(socket, &data, None, &mut flags, Some(&raw mut (*echo).overlapped), Some(on_read));
        if r == SOCKET_ERROR && WSAGetLastError() != WSA_IO_PENDING {
            let err = io::Error::last_os_error();
            drop(Box::from_raw(echo));
            return Err(err);
        }
        while !(*echo).done {
            SleepEx(INFINITE, true);
        }
        drop(Box::from_raw(echo));
        Ok(())
    }
}
