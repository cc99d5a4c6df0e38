//! Events, completion ports, and what becomes of overlapped operations.

use std::{ptr, slice, time::Duration};

use windows_sys::Win32::Foundation::{
    ERROR_INVALID_PARAMETER, HANDLE, INVALID_HANDLE_VALUE, WAIT_EVENT, WAIT_FAILED, WAIT_OBJECT_0,
    WAIT_TIMEOUT,
};
use windows_sys::Win32::Networking::WinSock::{
    SOCKET, WSA_INVALID_EVENT, WSA_MAXIMUM_WAIT_EVENTS, WSAEVENT,
};
use windows_sys::Win32::System::IO::OVERLAPPED;
use windows_sys::Win32::System::Threading::INFINITE;

use super::super::handles::system;
use super::super::{Model, Outcome, Packet};
use super::{report, truth};
use crate::ErrorKind;

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
    let outcome = unsafe { Model::of(s).overlapped_result(s, overlapped, wait != 0) };
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
    truth(Model::of(file.addr()).cancel(file.addr(), one))
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
    // SAFETY: the caller keeps the same contract.
    truth(unsafe { Model::of(event.cast_unsigned()).set_event(event_handle(event), true) })
}

pub(crate) unsafe fn WSAResetEvent(event: WSAEVENT) -> i32 {
    // SAFETY: the caller keeps the same contract.
    truth(unsafe { Model::of(event.cast_unsigned()).set_event(event_handle(event), false) })
}

pub(crate) unsafe fn WSACloseEvent(event: WSAEVENT) -> i32 {
    // SAFETY: the caller keeps the same contract.
    truth(unsafe { Model::of(event.cast_unsigned()).close_handle(event_handle(event)) })
}

pub(crate) unsafe fn CloseHandle(handle: HANDLE) -> i32 {
    // SAFETY: the caller keeps the same contract.
    truth(unsafe { Model::of(handle.addr()).close_handle(handle) })
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
    let model = Model::of(events.first().map_or(0, |event| event.addr()));
    waited(model.wait(events, all != 0, finite(timeout)))
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
    let model = match file == INVALID_HANDLE_VALUE {
        true => Model::current(),
        false => Model::of(file.addr()),
    };
    let outcome = match (file == INVALID_HANDLE_VALUE, port.is_null()) {
        (true, true) => model.create_port(),
        (true, false) => Err(system(ERROR_INVALID_PARAMETER)),
        (false, false) => model.associate(file.addr(), port, key).map(|()| port),
        (false, true) => model.create_port().and_then(|port| {
            model
                .associate(file.addr(), port, key)
                .inspect_err(|_| {
                    // SAFETY: it was just created, and nobody knows it.
                    let _ = unsafe { model.close_handle(port) };
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
    truth(Model::of(port.addr()).post_packet(port, packet))
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
    let outcome = Model::of(port.addr()).dequeue(port, finite(timeout));
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

/// An event that is reset by hand, or null, of the model of `socket`. It needs no Winsock that is started.
pub(crate) fn create_event(socket: SOCKET) -> HANDLE {
    report(Model::of(socket).create_system_event(), ptr::null_mut())
}

/// Waits for an event for as many milliseconds.
pub(crate) fn wait(event: HANDLE, timeout: u32) -> WAIT_EVENT {
    waited(Model::of(event.addr()).wait_system(event, finite(timeout)))
}

fn waited(outcome: Outcome<usize>) -> WAIT_EVENT {
    match outcome {
        // The index is less than `WSA_MAXIMUM_WAIT_EVENTS`.
        Ok(index) => WAIT_OBJECT_0 + index as WAIT_EVENT,
        Err(kind) if kind.code() == WAIT_TIMEOUT as i32 => WAIT_TIMEOUT,
        Err(kind) => report(Err(kind), WAIT_FAILED),
    }
}
