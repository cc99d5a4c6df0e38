//! The current model under Winsock's names and signatures.
//!
//! Each function turns its arguments into Rust's, calls the [`Model`], and reports as Winsock does:
//! a failure value, and the code in the thread's last error. The contracts are Winsock's.

#![expect(non_snake_case, reason = "the functions have Winsock's names")]

use std::{cell::Cell, net::Shutdown, slice, time::Duration};

use windows_sys::Win32::Networking::WinSock::{
    FIONBIO, INVALID_SOCKET, LINGER, POLLERR, POLLHUP, POLLNVAL, POLLRDNORM, POLLWRNORM, SD_BOTH,
    SD_RECEIVE, SD_SEND, SO_DONTLINGER, SO_LINGER, SO_TYPE, SOCK_STREAM, SOCKADDR, SOCKET,
    SOCKET_ERROR, SOL_SOCKET, WSADATA, WSAPOLLFD, WSAPROTOCOL_INFOW, WSAVERNOTSUPPORTED,
};

use super::{Interest, Model, Outcome};
use crate::ErrorKind;
use crate::addr::{self, SockAddr};

thread_local! {
    static LAST_ERROR: Cell<i32> = const { Cell::new(0) };
}

/// Reports as a call does that returns 0 or `SOCKET_ERROR`.
fn status(outcome: Outcome<()>) -> i32 {
    report(outcome.map(|()| 0), SOCKET_ERROR)
}

/// Reports as a call does that returns a number of bytes or `SOCKET_ERROR`.
fn count(outcome: Outcome<usize>) -> i32 {
    // A length parameter is an i32, so a count is one too.
    report(outcome.map(|bytes| bytes as i32), SOCKET_ERROR)
}

fn report<T>(outcome: Outcome<T>, failed: T) -> T {
    outcome.unwrap_or_else(|kind| {
        LAST_ERROR.set(kind.code());
        failed
    })
}

pub(crate) unsafe fn WSAGetLastError() -> i32 {
    LAST_ERROR.get()
}

pub(crate) unsafe fn WSASetLastError(code: i32) {
    LAST_ERROR.set(code);
}

/// Returns the code itself: there is no last error of a Winsock that is not started.
pub(crate) unsafe fn WSAStartup(version: u16, data: *mut WSADATA) -> i32 {
    const NEWEST: u16 = 0x0202;
    if version.to_le_bytes()[0] == 0 {
        return WSAVERNOTSUPPORTED;
    }
    if data.is_null() {
        return ErrorKind::Fault.code();
    }
    // SAFETY: the caller's pointer is writable.
    unsafe {
        *data = WSADATA {
            wVersion: version.min(NEWEST),
            wHighVersion: NEWEST,
            ..WSADATA::default()
        };
    }
    match Model::current().startup() {
        Ok(()) => 0,
        Err(kind) => kind.code(),
    }
}

pub(crate) unsafe fn WSACleanup() -> i32 {
    status(Model::current().cleanup())
}

pub(crate) unsafe fn socket(family: i32, kind: i32, protocol: i32) -> SOCKET {
    report(
        Model::current().socket(family, kind, protocol),
        INVALID_SOCKET,
    )
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
    status(addr.and_then(|addr| Model::current().bind(s, addr)))
}

pub(crate) unsafe fn listen(s: SOCKET, backlog: i32) -> i32 {
    status(Model::current().listen(s, backlog))
}

pub(crate) unsafe fn connect(s: SOCKET, name: *const SOCKADDR, len: i32) -> i32 {
    // SAFETY: the caller's pointer is readable for `len` bytes.
    let addr = unsafe { addr::read(name, len) }.ok_or(ErrorKind::Fault);
    status(addr.and_then(|addr| Model::current().connect(s, addr)))
}

pub(crate) unsafe fn accept(s: SOCKET, name: *mut SOCKADDR, len: *mut i32) -> SOCKET {
    let accepted = Model::current().accept(s).map(|(socket, peer)| {
        if !name.is_null() {
            // SAFETY: the caller's pointers are writable as `len` says. A peer that does not fit is
            // not written; Winsock fails with WSAEFAULT, but after it would have to close again.
            let _ = unsafe { write_addr(peer, name, len) };
        }
        socket
    });
    report(accepted, INVALID_SOCKET)
}

pub(crate) unsafe fn getsockname(s: SOCKET, name: *mut SOCKADDR, len: *mut i32) -> i32 {
    let addr = Model::current().local_addr(s);
    // SAFETY: the caller's pointers are writable as `len` says.
    status(addr.and_then(|addr| unsafe { write_addr(addr, name, len) }))
}

pub(crate) unsafe fn getpeername(s: SOCKET, name: *mut SOCKADDR, len: *mut i32) -> i32 {
    let addr = Model::current().peer_addr(s);
    // SAFETY: the caller's pointers are writable as `len` says.
    status(addr.and_then(|addr| unsafe { write_addr(addr, name, len) }))
}

/// # Safety
/// `len` is null or writable, and `name` is null or writable for as many bytes as `len` says.
unsafe fn write_addr(
    addr: std::net::SocketAddr,
    name: *mut SOCKADDR,
    len: *mut i32,
) -> Outcome<()> {
    let (raw, needed) = SockAddr::new(addr);
    // SAFETY: `len` is readable where it is not null.
    if name.is_null() || len.is_null() || unsafe { *len } < needed {
        return Err(ErrorKind::Fault);
    }
    // SAFETY: `name` has room for `needed` bytes, as just checked, and `raw` has that many.
    unsafe {
        name.cast::<u8>()
            .copy_from_nonoverlapping(raw.as_ptr().cast(), needed as usize);
        *len = needed;
    }
    Ok(())
}

pub(crate) unsafe fn send(s: SOCKET, buffer: *const u8, len: i32, flags: i32) -> i32 {
    let Ok(len) = usize::try_from(len) else {
        return count(Err(ErrorKind::InvalidArgument));
    };
    if flags != 0 {
        return count(Err(ErrorKind::NotSupported));
    }
    let bytes = match (buffer.is_null(), len) {
        (_, 0) => &[],
        (true, _) => return count(Err(ErrorKind::Fault)),
        // SAFETY: the caller's buffer is readable for `len` bytes.
        (false, len) => unsafe { slice::from_raw_parts(buffer, len) },
    };
    count(Model::current().send(s, bytes))
}

pub(crate) unsafe fn recv(s: SOCKET, buffer: *mut u8, len: i32, flags: i32) -> i32 {
    let Ok(len) = usize::try_from(len) else {
        return count(Err(ErrorKind::InvalidArgument));
    };
    if flags != 0 {
        return count(Err(ErrorKind::NotSupported));
    }
    let bytes = match (buffer.is_null(), len) {
        (_, 0) => &mut [],
        (true, _) => return count(Err(ErrorKind::Fault)),
        (false, len) => {
            // SAFETY: the caller's buffer is writable for `len` bytes; they are zeroed first, since
            // a slice must be initialised.
            unsafe {
                buffer.write_bytes(0, len);
                slice::from_raw_parts_mut(buffer, len)
            }
        }
    };
    count(Model::current().recv(s, bytes))
}

pub(crate) unsafe fn shutdown(s: SOCKET, how: i32) -> i32 {
    let how = match how {
        SD_RECEIVE => Shutdown::Read,
        SD_SEND => Shutdown::Write,
        SD_BOTH => Shutdown::Both,
        _ => return status(Err(ErrorKind::InvalidArgument)),
    };
    status(Model::current().shutdown(s, how))
}

pub(crate) unsafe fn closesocket(s: SOCKET) -> i32 {
    status(Model::current().closesocket(s))
}

pub(crate) unsafe fn ioctlsocket(s: SOCKET, command: i32, argument: *mut u32) -> i32 {
    if command != FIONBIO {
        return status(Err(ErrorKind::NotSupported));
    }
    if argument.is_null() {
        return status(Err(ErrorKind::Fault));
    }
    // SAFETY: the caller's pointer is readable.
    let nonblocking = unsafe { *argument } != 0;
    status(Model::current().set_nonblocking(s, nonblocking))
}

pub(crate) unsafe fn setsockopt(
    s: SOCKET,
    level: i32,
    name: i32,
    value: *const u8,
    len: i32,
) -> i32 {
    let model = Model::current();
    if level != SOL_SOCKET {
        return status(Err(ErrorKind::UnknownOption));
    }
    status(match name {
        // SAFETY: the caller's value is readable for `len` bytes.
        SO_LINGER => unsafe { read_option::<LINGER>(value, len) }
            .and_then(|linger| model.set_linger(s, linger)),
        // SAFETY: the caller's value is readable for `len` bytes.
        SO_DONTLINGER => unsafe { read_option::<i32>(value, len) }
            .and_then(|dont| model.set_dont_linger(s, dont != 0)),
        _ => Err(ErrorKind::UnknownOption),
    })
}

pub(crate) unsafe fn getsockopt(
    s: SOCKET,
    level: i32,
    name: i32,
    value: *mut u8,
    len: *mut i32,
) -> i32 {
    if level != SOL_SOCKET {
        return status(Err(ErrorKind::UnknownOption));
    }
    let linger = Model::current().linger(s);
    status(linger.and_then(|linger| match name {
        // SAFETY: the caller's pointers are writable as `len` says.
        SO_LINGER => unsafe { write_option(linger, value, len) },
        // SAFETY: the caller's pointers are writable as `len` says.
        SO_DONTLINGER => unsafe { write_option(i32::from(linger.l_onoff == 0), value, len) },
        // SAFETY: the caller's pointers are writable as `len` says.
        SO_TYPE => unsafe { write_option(SOCK_STREAM, value, len) },
        _ => Err(ErrorKind::UnknownOption),
    }))
}

/// # Safety
/// `value` is null or readable for `len` bytes; `T` is plain data.
unsafe fn read_option<T: Copy>(value: *const u8, len: i32) -> Outcome<T> {
    if value.is_null() || len < addr::size::<T>() {
        return Err(ErrorKind::Fault);
    }
    // SAFETY: readable for a `T`, as just checked.
    Ok(unsafe { value.cast::<T>().read_unaligned() })
}

/// # Safety
/// `len` is null or writable, and `value` is null or writable for as many bytes as `len` says.
unsafe fn write_option<T>(option: T, value: *mut u8, len: *mut i32) -> Outcome<()> {
    // SAFETY: `len` is readable where it is not null.
    if value.is_null() || len.is_null() || unsafe { *len } < addr::size::<T>() {
        return Err(ErrorKind::Fault);
    }
    // SAFETY: writable for a `T`, as just checked.
    unsafe {
        value.cast::<T>().write_unaligned(option);
        *len = addr::size::<T>();
    }
    Ok(())
}

pub(crate) unsafe fn WSAPoll(sockets: *mut WSAPOLLFD, len: u32, timeout: i32) -> i32 {
    if sockets.is_null() || len == 0 {
        return status(Err(ErrorKind::InvalidArgument));
    }
    // SAFETY: the caller's array has `len` elements.
    let sockets = unsafe { slice::from_raw_parts_mut(sockets, len as usize) };
    let interests: Vec<_> = sockets
        .iter()
        .map(|socket| {
            let interest = Interest {
                readable: socket.events & POLLRDNORM != 0,
                writable: socket.events & POLLWRNORM != 0,
            };
            (socket.fd, interest)
        })
        .collect();
    // A negative timeout waits for ever.
    let timeout = u64::try_from(timeout).ok().map(Duration::from_millis);
    let ready = Model::current().poll(&interests, timeout).map(|ready| {
        let mut count = 0;
        for (socket, ready) in sockets.iter_mut().zip(ready) {
            let flags = [
                (ready.readable, POLLRDNORM),
                (ready.writable, POLLWRNORM),
                (ready.hung_up, POLLHUP),
                (ready.broken, POLLERR),
                (ready.invalid, POLLNVAL),
            ];
            socket.revents = flags
                .iter()
                .filter(|(set, _)| *set)
                .fold(0, |events, (_, flag)| events | flag);
            count += usize::from(socket.revents != 0);
        }
        count
    });
    count(ready)
}
