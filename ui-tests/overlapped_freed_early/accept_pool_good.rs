//! A pool of AcceptEx slots keeps them boxed: the Vec may move the boxes, the slots stay.

use std::io;
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock as ws;
use windows_sys::Win32::System::IO::{CancelIoEx, OVERLAPPED};

const ADDR: u32 = 16 + 28;

pub struct Slot {
    overlapped: OVERLAPPED,
    out: [u8; 2 * ADDR as usize],
    accepted: ws::SOCKET,
}

/// The listener is the caller's and outlives the pool.
pub struct AcceptPool {
    listener: ws::SOCKET,
    slots: Vec<Box<Slot>>,
}

impl AcceptPool {
    pub fn new(listener: ws::SOCKET) -> Self {
        AcceptPool { listener, slots: Vec::new() }
    }

    pub fn arm(&mut self) -> io::Result<()> {
        let event = unsafe { ws::WSACreateEvent() };
        if event == ws::WSA_INVALID_EVENT {
            return Err(io::Error::last_os_error());
        }
        let accepted = unsafe { ws::WSASocketW(ws::AF_INET as i32, ws::SOCK_STREAM, ws::IPPROTO_TCP, std::ptr::null(), 0, ws::WSA_FLAG_OVERLAPPED) };
        if accepted == ws::INVALID_SOCKET {
            let err = io::Error::last_os_error();
            unsafe { ws::WSACloseEvent(event) };
            return Err(err);
        }
        let mut slot = Box::new(Slot { overlapped: OVERLAPPED::default(), out: [0; 2 * ADDR as usize], accepted });
        slot.overlapped.hEvent = event as HANDLE;
        let mut n = 0;
        let ok = unsafe { ws::AcceptEx(self.listener, accepted, slot.out.as_mut_ptr().cast(), 0, ADDR, ADDR, &mut n, &mut slot.overlapped) };
        if ok == 0 {
            let code = unsafe { ws::WSAGetLastError() };
            if code != ws::WSA_IO_PENDING {
                unsafe {
                    ws::closesocket(accepted);
                    ws::WSACloseEvent(event);
                }
                return Err(io::Error::from_raw_os_error(code));
            }
        }
        self.slots.push(slot);
        Ok(())
    }
}

impl Drop for AcceptPool {
    fn drop(&mut self) {
        for slot in &self.slots {
            let (mut n, mut flags) = (0, 0);
            unsafe {
                CancelIoEx(self.listener as HANDLE, &slot.overlapped);
                ws::WSAGetOverlappedResult(self.listener, &slot.overlapped, &mut n, 1, &mut flags);
                ws::closesocket(slot.accepted);
                ws::WSACloseEvent(slot.overlapped.hEvent as ws::WSAEVENT);
            }
        }
    }
}
