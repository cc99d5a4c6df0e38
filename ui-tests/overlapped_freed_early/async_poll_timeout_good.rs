//! An async receive gives up after a while; the operation's own Drop cancels and waits.

use std::io;
use std::time::{Duration, Instant};
use windows_sys::Win32::Foundation::{CloseHandle, HANDLE};
use windows_sys::Win32::Networking::WinSock::{
    SOCKET, SOCKET_ERROR, WSA_IO_INCOMPLETE, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSAGetOverlappedResult, WSARecv,
};
use windows_sys::Win32::System::IO::{CancelIoEx, OVERLAPPED};
use windows_sys::Win32::System::Threading::CreateEventW;

struct Op {
    socket: SOCKET,
    overlapped: OVERLAPPED,
    buf: Vec<u8>,
    live: bool,
}

unsafe impl Send for Op {}

impl Op {
    fn start(socket: SOCKET, len: usize) -> io::Result<Box<Op>> {
        let event = unsafe { CreateEventW(std::ptr::null(), 1, 0, std::ptr::null()) };
        if event.is_null() {
            return Err(io::Error::last_os_error());
        }
        let overlapped = OVERLAPPED { hEvent: event, ..Default::default() };
        let mut op = Box::new(Op { socket, overlapped, buf: vec![0; len], live: true });
        let wsabuf = WSABUF { len: len as u32, buf: op.buf.as_mut_ptr() };
        let mut flags = 0;
        let rc = unsafe { WSARecv(socket, &wsabuf, 1, std::ptr::null_mut(), &mut flags, &mut op.overlapped, None) };
        if rc == SOCKET_ERROR {
            let code = unsafe { WSAGetLastError() };
            if code != WSA_IO_PENDING {
                op.live = false;
                return Err(io::Error::from_raw_os_error(code));
            }
        }
        Ok(op)
    }

    fn poll(&mut self) -> Option<io::Result<usize>> {
        let (mut n, mut flags) = (0, 0);
        if unsafe { WSAGetOverlappedResult(self.socket, &self.overlapped, &mut n, 0, &mut flags) } != 0 {
            self.live = false;
            return Some(Ok(n as usize));
        }
        match unsafe { WSAGetLastError() } {
            WSA_IO_INCOMPLETE => None,
            code => {
                self.live = false;
                Some(Err(io::Error::from_raw_os_error(code)))
            }
        }
    }
}

impl Drop for Op {
    fn drop(&mut self) {
        if self.live {
            unsafe { CancelIoEx(self.socket as HANDLE, &self.overlapped) };
            let (mut n, mut flags) = (0, 0);
            unsafe { WSAGetOverlappedResult(self.socket, &self.overlapped, &mut n, 1, &mut flags) };
        }
        unsafe { CloseHandle(self.overlapped.hEvent) };
    }
}

pub async fn receive(socket: SOCKET, limit: Duration) -> io::Result<Vec<u8>> {
    let begin = Instant::now();
    let mut op = Op::start(socket, 1024)?;
    while begin.elapsed() < limit {
        if let Some(done) = op.poll() {
            let n = done?;
            let mut data = std::mem::take(&mut op.buf);
            data.truncate(n);
            return Ok(data);
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    Err(io::ErrorKind::TimedOut.into())
}
