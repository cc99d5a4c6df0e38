//! The current model under Winsock's names and signatures.
//!
//! Each function turns its arguments into Rust's, calls the [`Model`], and reports as Winsock does:
//! a failure value, and the code in the thread's last error. The contracts are Winsock's.

#![expect(non_snake_case, reason = "the functions have Winsock's names")]

use std::{
    cell::Cell,
    ffi::c_void,
    net::{Shutdown, SocketAddr},
    ptr, slice,
    time::Duration,
};

use windows_sys::Win32::Foundation::{
    ERROR_INVALID_PARAMETER, HANDLE, INVALID_HANDLE_VALUE, WAIT_EVENT, WAIT_FAILED, WAIT_OBJECT_0,
    WAIT_TIMEOUT,
};
use windows_sys::Win32::Networking::WinSock::{
    FD_SET, FIONBIO, INVALID_SOCKET, LINGER, LPCONDITIONPROC, LPWSAOVERLAPPED_COMPLETION_ROUTINE,
    POLLERR, POLLHUP, POLLNVAL, POLLRDNORM, POLLWRNORM, QOS, SD_BOTH, SD_RECEIVE, SD_SEND,
    SO_DONTLINGER, SO_LINGER, SO_TYPE, SOCK_DGRAM, SOCK_STREAM, SOCKADDR, SOCKET, SOCKET_ERROR,
    SOL_SOCKET, TIMEVAL, WSA_INVALID_EVENT, WSA_MAXIMUM_WAIT_EVENTS, WSABUF, WSADATA, WSAEVENT,
    WSAPOLLFD, WSAPROTOCOL_INFOA, WSAPROTOCOL_INFOW, WSAVERNOTSUPPORTED,
};
use windows_sys::Win32::System::IO::OVERLAPPED;
use windows_sys::Win32::System::Threading::INFINITE;

use super::handles::system;
use super::{From, Interest, Model, Outcome, Packet};
use crate::ErrorKind;
use crate::addr::{self};

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

/// Reports as a call does that returns whether it succeeded.
fn truth(outcome: Outcome<()>) -> i32 {
    i32::from(report(outcome.map(|()| true), false))
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
    let accepted = Model::current().accept(s).map(|(socket, peer)| {
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
    let addr = Model::current().local_addr(s);
    // SAFETY: the caller's pointers are writable as `len` says.
    status(addr.and_then(|addr| unsafe { addr::write(addr, name, len) }))
}

pub(crate) unsafe fn getpeername(s: SOCKET, name: *mut SOCKADDR, len: *mut i32) -> i32 {
    let addr = Model::current().peer_addr(s);
    // SAFETY: the caller's pointers are writable as `len` says.
    status(addr.and_then(|addr| unsafe { addr::write(addr, name, len) }))
}

pub(crate) unsafe fn send(s: SOCKET, buffer: *const u8, len: i32, flags: i32) -> i32 {
    // SAFETY: the caller keeps the same contract; a null address is allowed.
    unsafe { sendto(s, buffer, len, flags, ptr::null(), 0) }
}

pub(crate) unsafe fn sendto(
    s: SOCKET,
    buffer: *const u8,
    len: i32,
    flags: i32,
    to: *const SOCKADDR,
    tolen: i32,
) -> i32 {
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
    // SAFETY: the caller's pointer is readable for `tolen` bytes.
    let to = unsafe { destination(to, tolen) };
    count(to.and_then(|to| Model::current().send_to(s, bytes, to)))
}

/// # Safety
/// `to` is null or readable for `len` bytes.
unsafe fn destination(to: *const SOCKADDR, len: i32) -> Outcome<Option<SocketAddr>> {
    match to.is_null() {
        true => Ok(None),
        // SAFETY: as for this function.
        false => unsafe { addr::read(to, len) }
            .ok_or(ErrorKind::Fault)
            .map(Some),
    }
}

pub(crate) unsafe fn recv(s: SOCKET, buffer: *mut u8, len: i32, flags: i32) -> i32 {
    // SAFETY: the caller keeps the same contract; null addresses are allowed.
    unsafe { recvfrom(s, buffer, len, flags, ptr::null_mut(), ptr::null_mut()) }
}

pub(crate) unsafe fn recvfrom(
    s: SOCKET,
    buffer: *mut u8,
    len: i32,
    flags: i32,
    from: *mut SOCKADDR,
    fromlen: *mut i32,
) -> i32 {
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
    let received = Model::current().recv_from(s, bytes);
    count(received.and_then(|(bytes, sender)| {
        match sender {
            Some(sender) if !from.is_null() => {
                // SAFETY: the caller's pointers are writable as `fromlen` says.
                unsafe { addr::write(sender, from, fromlen)? };
            }
            _ => {}
        }
        Ok(bytes)
    }))
}

/// # Safety
/// `buffers` is null or has `len` elements.
unsafe fn array<'a>(buffers: *const WSABUF, len: u32) -> Outcome<&'a [WSABUF]> {
    match buffers.is_null() || len == 0 {
        true => Err(ErrorKind::InvalidArgument),
        // SAFETY: as for this function.
        false => Ok(unsafe { slice::from_raw_parts(buffers, len as usize) }),
    }
}

/// Reports as an overlapped call does: the number of bytes through `transferred`.
///
/// # Safety
/// `transferred` is null or writable.
unsafe fn transferred(outcome: Outcome<usize>, transferred: *mut u32) -> i32 {
    status(outcome.map(|bytes| {
        if !transferred.is_null() {
            // SAFETY: as for this function. The buffers' lengths are u32s.
            unsafe { *transferred = bytes as u32 };
        }
    }))
}

pub(crate) unsafe fn WSASend(
    s: SOCKET,
    buffers: *const WSABUF,
    len: u32,
    sent: *mut u32,
    flags: u32,
    overlapped: *mut OVERLAPPED,
    routine: LPWSAOVERLAPPED_COMPLETION_ROUTINE,
) -> i32 {
    // SAFETY: the caller keeps the same contract; a null address is allowed.
    unsafe {
        WSASendTo(
            s,
            buffers,
            len,
            sent,
            flags,
            ptr::null(),
            0,
            overlapped,
            routine,
        )
    }
}

#[expect(clippy::too_many_arguments, reason = "Winsock has as many")]
pub(crate) unsafe fn WSASendTo(
    s: SOCKET,
    buffers: *const WSABUF,
    len: u32,
    sent: *mut u32,
    flags: u32,
    to: *const SOCKADDR,
    tolen: i32,
    overlapped: *mut OVERLAPPED,
    routine: LPWSAOVERLAPPED_COMPLETION_ROUTINE,
) -> i32 {
    if flags != 0 || routine.is_some() {
        return status(Err(ErrorKind::NotSupported));
    }
    let model = Model::current();
    // SAFETY: the caller's array has `len` elements, and its pointers are as their lengths say.
    let outcome = unsafe {
        array(buffers, len).and_then(|buffers| {
            let to = destination(to, tolen)?;
            if !overlapped.is_null() {
                return model.send_overlapped(s, buffers, to, overlapped);
            }
            let parts = buffers.iter().map(|buffer| bytes_of(buffer));
            model.send_to(s, &parts.collect::<Vec<_>>().concat(), to)
        })
    };
    // SAFETY: the caller's pointer is null or writable.
    unsafe { transferred(outcome, sent) }
}

/// # Safety
/// The buffer is readable for its length.
unsafe fn bytes_of(buffer: &WSABUF) -> &[u8] {
    match buffer.len {
        0 => &[],
        // SAFETY: as for this function.
        len => unsafe { slice::from_raw_parts(buffer.buf, len as usize) },
    }
}

pub(crate) unsafe fn WSARecv(
    s: SOCKET,
    buffers: *const WSABUF,
    len: u32,
    received: *mut u32,
    flags: *mut u32,
    overlapped: *mut OVERLAPPED,
    routine: LPWSAOVERLAPPED_COMPLETION_ROUTINE,
) -> i32 {
    // SAFETY: the caller keeps the same contract; null addresses are allowed.
    unsafe {
        WSARecvFrom(
            s,
            buffers,
            len,
            received,
            flags,
            ptr::null_mut(),
            ptr::null_mut(),
            overlapped,
            routine,
        )
    }
}

#[expect(clippy::too_many_arguments, reason = "Winsock has as many")]
pub(crate) unsafe fn WSARecvFrom(
    s: SOCKET,
    buffers: *const WSABUF,
    len: u32,
    received: *mut u32,
    flags: *mut u32,
    from: *mut SOCKADDR,
    fromlen: *mut i32,
    overlapped: *mut OVERLAPPED,
    routine: LPWSAOVERLAPPED_COMPLETION_ROUTINE,
) -> i32 {
    if flags.is_null() {
        return status(Err(ErrorKind::Fault));
    }
    // SAFETY: the caller's flags are readable.
    if unsafe { *flags } != 0 || routine.is_some() {
        return status(Err(ErrorKind::NotSupported));
    }
    let model = Model::current();
    // SAFETY: the caller's array has `len` elements, and its pointers are as their lengths say.
    let outcome = unsafe {
        array(buffers, len).and_then(|buffers| {
            if !overlapped.is_null() {
                let from = (!from.is_null()).then_some(From {
                    addr: from,
                    len: fromlen,
                });
                return model.receive_overlapped(s, buffers, from, overlapped);
            }
            let room = buffers.iter().map(|buffer| buffer.len as usize);
            let mut bytes = vec![0; room.sum()];
            let (len, sender) = model.recv_from(s, &mut bytes)?;
            let mut rest = &bytes[..len];
            for buffer in buffers {
                let (part, later) = rest.split_at(rest.len().min(buffer.len as usize));
                buffer
                    .buf
                    .copy_from_nonoverlapping(part.as_ptr(), part.len());
                rest = later;
            }
            match sender {
                Some(sender) if !from.is_null() => addr::write(sender, from, fromlen)?,
                _ => {}
            }
            Ok(len)
        })
    };
    // SAFETY: the caller's pointer is null or writable.
    unsafe { transferred(outcome, received) }
}

pub(crate) unsafe fn WSAGetOverlappedResult(
    s: SOCKET,
    overlapped: *const OVERLAPPED,
    bytes: *mut u32,
    wait: i32,
    flags: *mut u32,
) -> i32 {
    if overlapped.is_null() || bytes.is_null() || flags.is_null() {
        return truth(Err(ErrorKind::Fault));
    }
    // SAFETY: the caller's structure was given to an operation on the socket.
    let outcome = unsafe { Model::current().overlapped_result(s, overlapped, wait != 0) };
    truth(outcome.map(|transferred| {
        // SAFETY: the caller's pointers are writable.
        unsafe {
            *bytes = transferred;
            *flags = 0;
        }
    }))
}

pub(crate) unsafe fn CancelIoEx(file: HANDLE, overlapped: *const OVERLAPPED) -> i32 {
    let one = (!overlapped.is_null()).then_some(overlapped);
    truth(Model::current().cancel(file.addr(), one))
}

/// Winsock has its own type for an event's handle, a number.
fn event_number(event: HANDLE) -> WSAEVENT {
    event.addr().cast_signed()
}

fn event_handle(event: WSAEVENT) -> HANDLE {
    ptr::without_provenance_mut(event.cast_unsigned())
}

pub(crate) unsafe fn WSACreateEvent() -> WSAEVENT {
    report(
        Model::current().create_event().map(event_number),
        WSA_INVALID_EVENT,
    )
}

pub(crate) unsafe fn WSASetEvent(event: WSAEVENT) -> i32 {
    truth(Model::current().set_event(event_handle(event), true))
}

pub(crate) unsafe fn WSAResetEvent(event: WSAEVENT) -> i32 {
    truth(Model::current().set_event(event_handle(event), false))
}

pub(crate) unsafe fn WSACloseEvent(event: WSAEVENT) -> i32 {
    truth(Model::current().close_handle(event_handle(event)))
}

pub(crate) unsafe fn CloseHandle(handle: HANDLE) -> i32 {
    truth(Model::current().close_handle(handle))
}

/// Returns an index, `WAIT_TIMEOUT` or `WAIT_FAILED`. Nothing interrupts an alertable wait here.
pub(crate) unsafe fn WSAWaitForMultipleEvents(
    len: u32,
    events: *const HANDLE,
    all: i32,
    timeout: u32,
    _alertable: i32,
) -> WAIT_EVENT {
    if events.is_null() || len == 0 || len > WSA_MAXIMUM_WAIT_EVENTS {
        return report(Err(ErrorKind::InvalidArgument), WAIT_FAILED);
    }
    // SAFETY: the caller's array has `len` elements.
    let events = unsafe { slice::from_raw_parts(events, len as usize) };
    waited(Model::current().wait(events, all != 0, finite(timeout)))
}

/// Milliseconds, of which the largest number stands for ever.
fn finite(timeout: u32) -> Option<Duration> {
    (timeout != INFINITE).then(|| Duration::from_millis(timeout.into()))
}

pub(crate) unsafe fn CreateIoCompletionPort(
    file: HANDLE,
    port: HANDLE,
    key: usize,
    _threads: u32,
) -> HANDLE {
    let model = Model::current();
    let outcome = match (file == INVALID_HANDLE_VALUE, port.is_null()) {
        (true, true) => model.create_port(),
        (true, false) => Err(system(ERROR_INVALID_PARAMETER)),
        (false, false) => model.associate(file.addr(), port, key).map(|()| port),
        (false, true) => model.create_port().and_then(|port| {
            model
                .associate(file.addr(), port, key)
                .inspect_err(|_| {
                    let _ = model.close_handle(port);
                })
                .map(|()| port)
        }),
    };
    report(outcome, ptr::null_mut())
}

pub(crate) unsafe fn PostQueuedCompletionStatus(
    port: HANDLE,
    bytes: u32,
    key: usize,
    overlapped: *const OVERLAPPED,
) -> i32 {
    let packet = Packet {
        bytes,
        key,
        overlapped: overlapped.cast_mut(),
        error: None,
    };
    truth(Model::current().post_packet(port, packet))
}

pub(crate) unsafe fn GetQueuedCompletionStatus(
    port: HANDLE,
    bytes: *mut u32,
    key: *mut usize,
    overlapped: *mut *mut OVERLAPPED,
    timeout: u32,
) -> i32 {
    if bytes.is_null() || key.is_null() || overlapped.is_null() {
        return truth(Err(system(ERROR_INVALID_PARAMETER)));
    }
    // SAFETY: the caller's pointer is writable.
    unsafe { *overlapped = ptr::null_mut() };
    let outcome = Model::current().dequeue(port, finite(timeout));
    truth(outcome.and_then(|packet| {
        // SAFETY: the caller's pointers are writable.
        unsafe {
            *bytes = packet.bytes;
            *key = packet.key;
            *overlapped = packet.overlapped;
        }
        packet.error.map_or(Ok(()), Err)
    }))
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

#[expect(clippy::too_many_arguments, reason = "Winsock has as many")]
pub(crate) unsafe fn WSAIoctl(
    s: SOCKET,
    code: u32,
    input: *const c_void,
    input_len: u32,
    _output: *mut c_void,
    _output_len: u32,
    returned: *mut u32,
    overlapped: *mut OVERLAPPED,
    _routine: LPWSAOVERLAPPED_COMPLETION_ROUTINE,
) -> i32 {
    if code.cast_signed() != FIONBIO || !overlapped.is_null() {
        return status(Err(ErrorKind::NotSupported));
    }
    // SAFETY: the caller's pointer is readable for its length.
    let argument = unsafe { read_option::<u32>(input.cast(), input_len.cast_signed()) };
    let outcome = argument.and_then(|argument| {
        Model::current()
            .set_nonblocking(s, argument != 0)
            .map(|()| 0)
    });
    // SAFETY: the caller's pointer is null or writable.
    unsafe { transferred(outcome, returned) }
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
    if name == SO_TYPE {
        let kind = Model::current().is_datagram(s);
        return status(kind.and_then(|datagram| {
            let kind = if datagram { SOCK_DGRAM } else { SOCK_STREAM };
            // SAFETY: the caller's pointers are writable as `len` says.
            unsafe { write_option(kind, value, len) }
        }));
    }
    let linger = Model::current().linger(s);
    status(linger.and_then(|linger| match name {
        // SAFETY: the caller's pointers are writable as `len` says.
        SO_LINGER => unsafe { write_option(linger, value, len) },
        // SAFETY: the caller's pointers are writable as `len` says.
        SO_DONTLINGER => unsafe { write_option(i32::from(linger.l_onoff == 0), value, len) },
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

/// At most `FD_SETSIZE` sockets per set; the first parameter is ignored, as by Winsock.
pub(crate) unsafe fn select(
    _count: i32,
    readable: *mut FD_SET,
    writable: *mut FD_SET,
    broken: *mut FD_SET,
    timeout: *const TIMEVAL,
) -> i32 {
    // SAFETY: the caller's pointers are null or valid; nothing else refers to them meanwhile.
    let (sets, timeout) = unsafe {
        (
            [readable.as_mut(), writable.as_mut(), broken.as_mut()],
            timeout.as_ref(),
        )
    };
    let asked = [
        |interest: &mut Interest| interest.readable = true,
        |interest: &mut Interest| interest.writable = true,
        |_: &mut Interest| {},
    ];
    let mut sockets = Vec::new();
    for (set, ask) in sets.iter().zip(asked) {
        for socket in set.iter().flat_map(|set| members(set)) {
            let mut interest = Interest {
                readable: false,
                writable: false,
            };
            ask(&mut interest);
            sockets.push((*socket, interest));
        }
    }
    if sockets.is_empty() {
        return status(Err(ErrorKind::InvalidArgument));
    }
    let timeout = timeout.map(|time| {
        let seconds = u64::try_from(time.tv_sec).unwrap_or(0);
        let micros = u64::try_from(time.tv_usec).unwrap_or(0);
        Duration::from_secs(seconds).saturating_add(Duration::from_micros(micros))
    });
    let ready = match Model::current().poll(&sockets, timeout) {
        Ok(ready) if ready.iter().any(|ready| ready.invalid) => Err(ErrorKind::NotSocket),
        ready => ready,
    };
    count(ready.map(|ready| {
        let mut ready = ready.into_iter();
        let found: [fn(&super::Readiness) -> bool; 3] = [
            |ready| ready.readable || ready.hung_up,
            |ready| ready.writable,
            |ready| ready.broken,
        ];
        let mut total = 0;
        for (set, found) in sets.into_iter().zip(found) {
            let Some(set) = set else { continue };
            let mut kept = 0;
            for index in 0..members(set).len() {
                if ready.next().is_some_and(|ready| found(&ready)) {
                    set.fd_array[kept] = set.fd_array[index];
                    kept += 1;
                }
            }
            // There were no more than FD_SETSIZE.
            set.fd_count = kept as u32;
            total += kept;
        }
        total
    }))
}

fn members(set: &FD_SET) -> &[SOCKET] {
    let len = set.fd_array.len().min(set.fd_count as usize);
    &set.fd_array[..len]
}

/// An event that is reset by hand, or null. It needs no Winsock that is started.
pub(crate) fn create_event() -> HANDLE {
    report(Model::current().create_system_event(), ptr::null_mut())
}

/// Waits for an event for as many milliseconds.
pub(crate) fn wait(event: HANDLE, timeout: u32) -> WAIT_EVENT {
    waited(Model::current().wait_system(event, finite(timeout)))
}

fn waited(outcome: Outcome<usize>) -> WAIT_EVENT {
    match outcome {
        // The index is less than `WSA_MAXIMUM_WAIT_EVENTS`.
        Ok(index) => WAIT_OBJECT_0 + index as WAIT_EVENT,
        Err(kind) if kind.code() == WAIT_TIMEOUT as i32 => WAIT_TIMEOUT,
        Err(kind) => report(Err(kind), WAIT_FAILED),
    }
}

/// The model's time.
pub(crate) fn now() -> Duration {
    Model::current().now()
}

/// Lets the model's time pass.
pub(crate) fn sleep(time: Duration) {
    Model::current().sleep(time);
}

/// Whether a descriptor is the current model's, open or not.
#[cfg(any(debug_assertions, feature = "track"))]
pub(crate) fn is_ours(socket: SOCKET) -> bool {
    Model::current().state().descriptors.covers(socket)
}
