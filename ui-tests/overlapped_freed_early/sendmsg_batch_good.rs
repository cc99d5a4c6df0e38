//! A batch sender waits for each WSASendMsg before it starts the next on the same OVERLAPPED.

use std::io;
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::{
    SOCKADDR_IN, SOCKET, WSA_IO_PENDING, WSABUF, WSAEVENT, WSAGetOverlappedResult, WSAMSG, WSAResetEvent, WSASendMsg,
};
use windows_sys::Win32::System::IO::OVERLAPPED;

fn pending_ok(rc: i32) -> io::Result<()> {
    if rc == 0 {
        return Ok(());
    }
    let err = io::Error::last_os_error();
    match err.raw_os_error() {
        Some(WSA_IO_PENDING) => Ok(()),
        _ => Err(err),
    }
}

fn wait(s: SOCKET, overlapped: &OVERLAPPED) -> io::Result<u32> {
    let (mut n, mut flags) = (0, 0);
    match unsafe { WSAGetOverlappedResult(s, overlapped, &mut n, 1, &mut flags) } {
        0 => Err(io::Error::last_os_error()),
        _ => Ok(n),
    }
}

pub fn send_batch(s: SOCKET, event: WSAEVENT, peer: &mut SOCKADDR_IN, datagrams: &mut [Vec<u8>]) -> io::Result<u32> {
    let mut total = 0;
    let mut overlapped = OVERLAPPED::default();
    let mut buffer = WSABUF::default();
    let mut msg = WSAMSG::default();
    msg.name = (&raw mut *peer).cast();
    msg.namelen = size_of::<SOCKADDR_IN>() as i32;
    msg.lpBuffers = &raw mut buffer;
    msg.dwBufferCount = 1;
    for datagram in datagrams.iter_mut() {
        if datagram.is_empty() {
            continue;
        }
        unsafe { WSAResetEvent(event) };
        overlapped = OVERLAPPED { hEvent: event as HANDLE, ..Default::default() };
        buffer = WSABUF { len: datagram.len() as u32, buf: datagram.as_mut_ptr() };
        pending_ok(unsafe { WSASendMsg(s, &msg, 0, std::ptr::null_mut(), &mut overlapped, None) })?;
        total += wait(s, &overlapped)?;
    }
    Ok(total)
}
