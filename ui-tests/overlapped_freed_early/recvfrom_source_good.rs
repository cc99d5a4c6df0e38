//! A UDP receiver leaks its operation to the port, with the source address inside.

mod sys {
    pub use windows_sys::Win32::Networking::WinSock::{
        SOCKADDR, SOCKADDR_STORAGE, SOCKET, SOCKET_ERROR, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSARecvFrom,
    };
    pub use windows_sys::Win32::System::IO::OVERLAPPED;
}

use std::io;

#[repr(C)]
pub struct Datagram {
    overlapped: sys::OVERLAPPED,
    from: sys::SOCKADDR_STORAGE,
    from_len: i32,
    payload: [u8; 1500],
}

pub struct Receiver {
    pub socket: sys::SOCKET,
}

impl Receiver {
    pub unsafe fn post(&self) -> io::Result<()> {
        let op = Box::into_raw(Box::new(Datagram {
            overlapped: unsafe { std::mem::zeroed() },
            from: unsafe { std::mem::zeroed() },
            from_len: size_of::<sys::SOCKADDR_STORAGE>() as i32,
            payload: [0; 1500],
        }));
        let wsabuf = sys::WSABUF { len: 1500, buf: unsafe { &raw mut (*op).payload }.cast() };
        let mut flags = 0;
        let source = unsafe { &raw mut (*op).from }.cast::<sys::SOCKADDR>();
        let source_len = unsafe { &raw mut (*op).from_len };
        let rc = unsafe { sys::WSARecvFrom(self.socket, &wsabuf, 1, std::ptr::null_mut(), &mut flags, source, source_len, op.cast(), None) };
        if rc == sys::SOCKET_ERROR {
            let code = unsafe { sys::WSAGetLastError() };
            if code != sys::WSA_IO_PENDING {
                drop(unsafe { Box::from_raw(op) });
                return Err(io::Error::from_raw_os_error(code));
            }
        }
        Ok(())
    }

    /// The port has returned this operation.
    pub unsafe fn complete(overlapped: *mut sys::OVERLAPPED, n: usize, sink: &mut Vec<u8>) {
        let op = unsafe { Box::from_raw(overlapped.cast::<Datagram>()) };
        sink.extend_from_slice(&op.payload[..n]);
    }
}
