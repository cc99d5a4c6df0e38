//! A guard in the async fn waits for the receive when the future is dropped at its await.

use std::io;
use std::ptr::null_mut;
use std::time::Duration;
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_INCOMPLETE, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSAGetOverlappedResult, WSARecv};
use windows_sys::Win32::System::IO::{CancelIoEx, OVERLAPPED};

struct Finish(SOCKET, *const OVERLAPPED);

impl Drop for Finish {
    fn drop(&mut self) {
        let (mut n, mut flags) = (0, 0);
        unsafe { CancelIoEx(self.0 as _, self.1) };
        unsafe { WSAGetOverlappedResult(self.0, self.1, &mut n, 1, &mut flags) };
    }
}

pub async fn recv_frame(s: SOCKET) -> io::Result<Vec<u8>> {
    let mut frame = vec![0u8; 1518];
    let mut overlapped = OVERLAPPED::default();
    let data = WSABUF { len: 1518, buf: frame.as_mut_ptr() };
    let (mut n, mut flags) = (0, 0);
    let r = unsafe { WSARecv(s, &data, 1, null_mut(), &mut flags, &mut overlapped, None) };
    if r != 0 && unsafe { WSAGetLastError() } != WSA_IO_PENDING {
        return Err(io::Error::last_os_error());
    }
    let finish = Finish(s, &overlapped);
    while unsafe { WSAGetOverlappedResult(s, &overlapped, &mut n, 0, &mut flags) } == 0 {
        if unsafe { WSAGetLastError() } != WSA_IO_INCOMPLETE {
            return Err(io::Error::last_os_error());
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    drop(finish);
    frame.truncate(n as usize);
    Ok(frame)
}
