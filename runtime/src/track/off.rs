//! Nothing at all: what remains of a call is the call.

use windows_sys::Win32::Networking::WinSock::SOCKET;

use super::{Fault, Open, Site};

/// Which of the sockets that had a number.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Serial;

#[inline(always)]
pub(crate) fn call<T>(_: &'static str, _: SOCKET, call: impl FnOnce() -> T) -> T {
    call()
}

#[inline(always)]
pub(crate) fn call_all<T>(
    _: &'static str,
    _: impl FnOnce() -> Vec<SOCKET>,
    call: impl FnOnce() -> T,
) -> T {
    call()
}

#[inline(always)]
pub(crate) fn open(_: &'static str, open: impl FnOnce() -> SOCKET) -> SOCKET {
    open()
}

#[inline(always)]
pub(crate) fn close(
    _: &'static str,
    _: SOCKET,
    _: Option<Serial>,
    close: impl FnOnce() -> i32,
) -> i32 {
    close()
}

#[inline(always)]
pub(crate) fn opened(_: &'static str, _: SOCKET) {}

/// A call in progress.
pub(crate) struct Calls;

#[inline(always)]
pub(crate) fn begin(_: &'static str, _: Vec<SOCKET>) -> Calls {
    Calls
}

impl Calls {
    #[inline(always)]
    pub(crate) fn end(self, _: bool) {}
}

/// A close in progress.
pub(crate) struct Closing;

#[inline(always)]
pub(crate) fn begin_close(_: &'static str, _: SOCKET, _: Option<Serial>) -> Closing {
    Closing
}

impl Closing {
    #[inline(always)]
    pub(crate) fn end(self, _: bool) {}
}

#[inline(always)]
pub(crate) fn own(_: &'static str, _: SOCKET) -> Serial {
    Serial
}

#[inline(always)]
pub(crate) fn disown(_: SOCKET, _: Serial) {}

#[cfg(windows)]
#[inline(always)]
pub(crate) fn forget(_: SOCKET, _: Serial) {}

pub(super) fn moment() -> u64 {
    off()
}

pub(super) fn leaks(_: u64) -> Vec<Open> {
    off()
}

pub(super) fn faults(_: u64) -> Vec<Fault> {
    off()
}

pub(super) fn calls(_: SOCKET) -> Vec<Site> {
    off()
}

pub(super) fn set_handler(_: fn(&Fault)) {}

fn off() -> ! {
    panic!("sockets are not tracked: build with debug assertions or the feature `track`")
}
