//! The completion routine of an overlapped receive posts an overlapped send, whose routine posts the next receive.

use std::io;
use windows_sys::Win32::Networking::WinSock::{
    closesocket, WSAGetLastError, WSARecv, WSASend, SOCKET, SOCKET_ERROR, WSABUF, WSA_IO_PENDING,
};
use windows_sys::Win32::System::IO::OVERLAPPED;

#[repr(C)]
pub struct Peer {
    overlapped: OVERLAPPED,
    socket: SOCKET,
    buf: [u8; 1024],
}

unsafe fn post_recv(peer: *mut Peer) -> io::Result<()> {
    let wsabuf = WSABUF { len: 1024, buf: (&raw mut (*peer).buf).cast() };
    let mut flags = 0;
    (*peer).overlapped = std::mem::zeroed();
    let res = WSARecv((*peer).socket, &wsabuf, 1, std::ptr::null_mut(), &mut flags, &raw mut (*peer).overlapped, Some(on_recv));
    if res == SOCKET_ERROR {
        let code = WSAGetLastError();
        if code != WSA_IO_PENDING {
            return Err(io::Error::from_raw_os_error(code));
        }
    }
    Ok(())
}

unsafe fn post_send(peer: *mut Peer, n: u32) -> io::Result<()> {
    let wsabuf = WSABUF { len: n, buf: (&raw mut (*peer).buf).cast() };
    (*peer).overlapped = std::mem::zeroed();
    let res = WSASend((*peer).socket, &wsabuf, 1, std::ptr::null_mut(), 0, &raw mut (*peer).overlapped, Some(on_sent));
    match (res, WSAGetLastError()) {
        (0, _) | (_, WSA_IO_PENDING) => Ok(()),
        (_, code) => Err(io::Error::from_raw_os_error(code)),
    }
}

unsafe fn finish(peer: *mut Peer) {
    closesocket((*peer).socket);
    drop(Box::from_raw(peer));
}

unsafe extern "system" fn on_recv(error: u32, n: u32, overlapped: *mut OVERLAPPED, _flags: u32) {
    let peer = overlapped.cast::<Peer>();
    if error != 0 || n == 0 {
        return finish(peer);
    }
    if post_send(peer, n).is_err() {
        finish(peer);
    }
}

unsafe extern "system" fn on_sent(error: u32, _n: u32, overlapped: *mut OVERLAPPED, _flags: u32) {
    let peer = overlapped.cast::<Peer>();
    if error != 0 || post_recv(peer).is_err() {
        finish(peer);
    }
}

/// Takes over a connected overlapped socket. The thread then waits alertably.
pub unsafe fn start(socket: SOCKET) -> io::Result<()> {
    let peer = Box::into_raw(Box::new(Peer { overlapped: std::mem::zeroed(), socket, buf: [0; 1024] }));
    post_recv(peer).inspect_err(|_| finish(peer))
}
