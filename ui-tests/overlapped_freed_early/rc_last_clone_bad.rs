//! The only Rc of the operation ends with the function that started it.

use std::cell::{RefCell, UnsafeCell};
use std::mem::zeroed;
use std::ptr::null_mut;
use std::rc::Rc;
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSARecv};
use windows_sys::Win32::System::IO::OVERLAPPED;

pub struct Op {
    overlapped: OVERLAPPED,
    bytes: [u8; 1024],
}

pub struct Reactor {
    /// What has been started and has not come out of the port.
    pending: RefCell<Vec<Rc<UnsafeCell<Op>>>>,
}

impl Reactor {
    pub unsafe fn start(&self, s: SOCKET) -> Result<usize, i32> {
        let op = Rc::new(UnsafeCell::new(Op { overlapped: zeroed(), bytes: [0; 1024] }));
        let at = op.get();
        let data = WSABUF { len: 1024, buf: (&raw mut (*at).bytes).cast() };
        let mut flags = 0;
        if WSARecv(s, &data, 1, null_mut(), &mut flags, &raw mut (*at).overlapped, None) != 0 { //~ overlapped_freed_early
            match WSAGetLastError() {
                WSA_IO_PENDING => {}
                code => return Err(code),
            }
        }
        Ok(self.pending.borrow().len())
    }
}
