//! Sends and receives, at once and overlapped.

use std::{net::SocketAddr, ptr, slice};

use windows_sys::Win32::Networking::WinSock::{
    LPWSAOVERLAPPED_COMPLETION_ROUTINE, SOCKADDR, SOCKET, WSABUF,
};
use windows_sys::Win32::System::IO::OVERLAPPED;

use super::super::{From, Model, Outcome};
use super::{count, status};
use crate::ErrorKind;
use crate::addr;

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
    count(to.and_then(|to| Model::of(s).send_to(s, bytes, to)))
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
    if buffer.is_null() && len > 0 {
        return count(Err(ErrorKind::Fault));
    }
    // Of the caller's buffer only what arrives is written.
    let mut bytes = vec![0; len];
    let received = Model::of(s).recv_from(s, &mut bytes);
    let written = match received {
        Ok((arrived, _)) => arrived,
        // The beginning of the datagram fills it.
        Err(ErrorKind::MessageTooLong) => len,
        Err(_) => 0,
    };
    if written > 0 {
        // SAFETY: the caller's buffer is writable for `len` bytes, and no more arrived.
        unsafe { buffer.copy_from_nonoverlapping(bytes.as_ptr(), written) };
    }
    count(received.and_then(|(arrived, sender)| {
        match sender {
            Some(sender) if !from.is_null() => {
                // SAFETY: the caller's pointers are writable as `fromlen` says.
                unsafe { addr::write(sender, from, fromlen)? };
            }
            _ => {}
        }
        Ok(arrived)
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
pub(super) unsafe fn transferred(outcome: Outcome<usize>, transferred: *mut u32) -> i32 {
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
    let model = Model::of(s);
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
    let model = Model::of(s);
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
