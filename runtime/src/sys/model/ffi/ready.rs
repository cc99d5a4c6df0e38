//! Waiting until sockets are ready.

use std::{slice, time::Duration};

use windows_sys::Win32::Networking::WinSock::{
    FD_SET, POLLERR, POLLHUP, POLLNVAL, POLLRDNORM, POLLWRNORM, SOCKET, TIMEVAL, WSAPOLLFD,
};

use super::super::{Interest, Model, Readiness};
use super::{count, status};
use crate::ErrorKind;

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
    let ready = Model::of(interests[0].0)
        .poll(&interests, timeout)
        .map(|ready| {
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
    let ready = match Model::of(sockets[0].0).poll(&sockets, timeout) {
        Ok(ready) if ready.iter().any(|ready| ready.invalid) => Err(ErrorKind::NotSocket),
        ready => ready,
    };
    count(ready.map(|ready| {
        let mut ready = ready.into_iter();
        let found: [fn(&Readiness) -> bool; 3] = [
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
