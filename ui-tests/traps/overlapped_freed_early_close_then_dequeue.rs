//! The socket is closed with a receive pending; the function dequeues the aborted operation before it frees it.

use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::{
    AF_INET, INVALID_SOCKET, IPPROTO_UDP, SOCK_DGRAM, SOCKADDR, SOCKADDR_IN, SOCKET, SOCKET_ERROR, WSA_FLAG_OVERLAPPED, WSA_IO_PENDING, WSABUF,
    WSAGetLastError, WSARecv, WSASocketW, bind, closesocket,
};
use windows_sys::Win32::System::IO::{CreateIoCompletionPort, GetQueuedCompletionStatus, OVERLAPPED};

struct Op {
    overlapped: OVERLAPPED,
    buf: [u8; 64],
}

fn bound(addr: &SOCKADDR_IN) -> Option<SOCKET> {
    let s = unsafe { WSASocketW(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP, std::ptr::null(), 0, WSA_FLAG_OVERLAPPED) };
    if s == INVALID_SOCKET {
        return None;
    }
    if unsafe { bind(s, (&raw const *addr).cast::<SOCKADDR>(), size_of::<SOCKADDR_IN>() as i32) } == SOCKET_ERROR {
        unsafe { closesocket(s) };
        return None;
    }
    Some(s)
}

/// Whether a receive can be cancelled by closing its socket; `port` is used by nothing else.
pub fn probe_close(port: HANDLE, addr: &SOCKADDR_IN) -> Option<bool> {
    let s = bound(addr)?;
    if unsafe { CreateIoCompletionPort(s as HANDLE, port, 1, 0) }.is_null() {
        unsafe { closesocket(s) };
        return None;
    }
    let mut op = Box::new(Op { overlapped: OVERLAPPED::default(), buf: [0; 64] });
    let wsabuf = WSABUF { len: 64, buf: op.buf.as_mut_ptr() };
    let mut flags = 0;
    let rc = unsafe { WSARecv(s, &wsabuf, 1, std::ptr::null_mut(), &mut flags, &mut op.overlapped, None) };
    let failed = rc == SOCKET_ERROR && unsafe { WSAGetLastError() } != WSA_IO_PENDING;
    unsafe { closesocket(s) };
    if failed {
        return None;
    }
    let (mut n, mut key) = (0, 0);
    let mut back: *mut OVERLAPPED = std::ptr::null_mut();
    let mut ok = 0;
    while back != &raw mut op.overlapped {
        ok = unsafe { GetQueuedCompletionStatus(port, &mut n, &mut key, &mut back, u32::MAX) };
    }
    Some(ok == 0)
}
