//! Opening, naming, connecting and closing.

use std::net::Shutdown;

use windows_sys::Win32::Networking::WinSock::{
    INVALID_SOCKET, LPCONDITIONPROC, QOS, SD_BOTH, SD_RECEIVE, SD_SEND, SOCKADDR, SOCKET, WSABUF,
    WSAPROTOCOL_INFOA, WSAPROTOCOL_INFOW,
};

use super::super::Model;
use super::{report, status};
use crate::ErrorKind;
use crate::addr;

pub(crate) unsafe fn socket(family: i32, kind: i32, protocol: i32) -> SOCKET {
    report(
        Model::current().socket(family, kind, protocol),
        INVALID_SOCKET,
    )
}

pub(crate) unsafe fn WSASocketA(
    family: i32,
    kind: i32,
    protocol: i32,
    info: *const WSAPROTOCOL_INFOA,
    group: u32,
    flags: u32,
) -> SOCKET {
    // SAFETY: the pointer is never followed.
    unsafe { WSASocketW(family, kind, protocol, info.cast(), group, flags) }
}

/// The flags (overlapped, no inheritance) make no difference to what the model has.
pub(crate) unsafe fn WSASocketW(
    family: i32,
    kind: i32,
    protocol: i32,
    info: *const WSAPROTOCOL_INFOW,
    _group: u32,
    _flags: u32,
) -> SOCKET {
    if !info.is_null() {
        return report(Err(ErrorKind::NotSupported), INVALID_SOCKET);
    }
    // SAFETY: it takes no pointer.
    unsafe { socket(family, kind, protocol) }
}

pub(crate) unsafe fn bind(s: SOCKET, name: *const SOCKADDR, len: i32) -> i32 {
    // SAFETY: the caller's pointer is readable for `len` bytes.
    let addr = unsafe { addr::read(name, len) }.ok_or(ErrorKind::Fault);
    status(addr.and_then(|addr| Model::of(s).bind(s, addr)))
}

pub(crate) unsafe fn listen(s: SOCKET, backlog: i32) -> i32 {
    status(Model::of(s).listen(s, backlog))
}

pub(crate) unsafe fn connect(s: SOCKET, name: *const SOCKADDR, len: i32) -> i32 {
    // SAFETY: the caller's pointer is readable for `len` bytes.
    let addr = unsafe { addr::read(name, len) }.ok_or(ErrorKind::Fault);
    status(addr.and_then(|addr| Model::of(s).connect(s, addr)))
}

/// The data that ATM and the like exchange when they connect is not there.
pub(crate) unsafe fn WSAConnect(
    s: SOCKET,
    name: *const SOCKADDR,
    len: i32,
    _caller: *const WSABUF,
    _callee: *mut WSABUF,
    _sqos: *const QOS,
    _gqos: *const QOS,
) -> i32 {
    // SAFETY: the caller keeps the same contract.
    unsafe { connect(s, name, len) }
}

pub(crate) unsafe fn accept(s: SOCKET, name: *mut SOCKADDR, len: *mut i32) -> SOCKET {
    let accepted = Model::of(s).accept(s).map(|(socket, peer)| {
        if !name.is_null() {
            // SAFETY: the caller's pointers are writable as `len` says. A peer that does not fit is
            // not written; Winsock fails with WSAEFAULT, but after it would have to close again.
            let _ = unsafe { addr::write(peer, name, len) };
        }
        socket
    });
    report(accepted, INVALID_SOCKET)
}

pub(crate) unsafe fn WSAAccept(
    s: SOCKET,
    name: *mut SOCKADDR,
    len: *mut i32,
    condition: LPCONDITIONPROC,
    _data: usize,
) -> SOCKET {
    if condition.is_some() {
        return report(Err(ErrorKind::NotSupported), INVALID_SOCKET);
    }
    // SAFETY: the caller keeps the same contract.
    unsafe { accept(s, name, len) }
}

pub(crate) unsafe fn getsockname(s: SOCKET, name: *mut SOCKADDR, len: *mut i32) -> i32 {
    let addr = Model::of(s).local_addr(s);
    // SAFETY: the caller's pointers are writable as `len` says.
    status(addr.and_then(|addr| unsafe { addr::write(addr, name, len) }))
}

pub(crate) unsafe fn getpeername(s: SOCKET, name: *mut SOCKADDR, len: *mut i32) -> i32 {
    let addr = Model::of(s).peer_addr(s);
    // SAFETY: the caller's pointers are writable as `len` says.
    status(addr.and_then(|addr| unsafe { addr::write(addr, name, len) }))
}

pub(crate) unsafe fn shutdown(s: SOCKET, how: i32) -> i32 {
    let how = match how {
        SD_RECEIVE => Shutdown::Read,
        SD_SEND => Shutdown::Write,
        SD_BOTH => Shutdown::Both,
        _ => return status(Err(ErrorKind::InvalidArgument)),
    };
    status(Model::of(s).shutdown(s, how))
}

pub(crate) unsafe fn closesocket(s: SOCKET) -> i32 {
    status(Model::of(s).closesocket(s))
}
