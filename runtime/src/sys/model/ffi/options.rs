//! Modes and options.

use std::ffi::c_void;

use windows_sys::Win32::Networking::WinSock::{
    FIONBIO, LINGER, LPWSAOVERLAPPED_COMPLETION_ROUTINE, SO_DONTLINGER, SO_LINGER, SO_TYPE,
    SOCK_DGRAM, SOCK_STREAM, SOCKET, SOL_SOCKET,
};
use windows_sys::Win32::System::IO::OVERLAPPED;

use super::super::{Model, Outcome};
use super::status;
use super::transfer::transferred;
use crate::ErrorKind;
use crate::addr;

pub(crate) unsafe fn ioctlsocket(s: SOCKET, command: i32, argument: *mut u32) -> i32 {
    if command != FIONBIO {
        return status(Err(ErrorKind::NotSupported));
    }
    if argument.is_null() {
        return status(Err(ErrorKind::Fault));
    }
    // SAFETY: the caller's pointer is readable.
    let nonblocking = unsafe { *argument } != 0;
    status(Model::of(s).set_nonblocking(s, nonblocking))
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
    let outcome =
        argument.and_then(|argument| Model::of(s).set_nonblocking(s, argument != 0).map(|()| 0));
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
    let model = Model::of(s);
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
        let kind = Model::of(s).is_datagram(s);
        return status(kind.and_then(|datagram| {
            let kind = if datagram { SOCK_DGRAM } else { SOCK_STREAM };
            // SAFETY: the caller's pointers are writable as `len` says.
            unsafe { write_option(kind, value, len) }
        }));
    }
    let linger = Model::of(s).linger(s);
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
