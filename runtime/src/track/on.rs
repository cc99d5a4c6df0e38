//! The table of descriptors, and what a call does to it.

use std::{
    collections::{BTreeMap, VecDeque},
    panic::Location,
    sync::{Mutex, MutexGuard, PoisonError},
    thread::{self, ThreadId},
};

use windows_sys::Win32::Networking::WinSock::{
    INVALID_SOCKET, SO_TYPE, SOCKET, SOCKET_ERROR, SOL_SOCKET, WSAENOTSOCK, WSANOTINITIALISED,
};

use super::{Fault, FaultKind, Open, Site};
use crate::sys;

/// Faults are kept up to this number, the newest.
const KEPT: usize = 1024;

/// Which of the sockets that had a number: descriptors are reused (O8), serials are not.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Serial(u64);

/// What is known of the last socket that had a number.
struct Entry {
    serial: Serial,
    opened: Site,
    /// A `Socket` closes it.
    owned: bool,
    /// A `Socket` handed the number out: whose it is by now nobody knows.
    handed_out: bool,
    /// The calls in progress.
    calls: Vec<(ThreadId, Site)>,
    closed: Option<Site>,
}

struct Table {
    sockets: BTreeMap<SOCKET, Entry>,
    /// By the moment of each.
    faults: VecDeque<(u64, Fault)>,
    /// Counts what happens; a serial is the moment of the opening.
    moment: u64,
    handler: fn(&Fault),
}

static TABLE: Mutex<Table> = Mutex::new(Table {
    sockets: BTreeMap::new(),
    faults: VecDeque::new(),
    moment: 0,
    handler: print,
});

fn print(fault: &Fault) {
    eprintln!("socket-lifecycle: {fault}");
}

/// No foreign code runs under the lock, so a poisoned one is as good.
fn table() -> MutexGuard<'static, Table> {
    TABLE.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Table {
    fn next(&mut self) -> u64 {
        self.moment += 1;
        self.moment
    }

    /// Notes a socket that is open now. One of the same number that is thought open was closed by
    /// code that is not seen here.
    fn insert(&mut self, socket: SOCKET, opened: Site, owned: bool) -> Serial {
        let serial = Serial(self.next());
        let entry = Entry {
            serial,
            opened,
            owned,
            handed_out: false,
            calls: Vec::new(),
            closed: None,
        };
        self.sockets.insert(socket, entry);
        serial
    }

    /// The entry of the very socket that a serial was given for.
    fn of(&mut self, socket: SOCKET, serial: Serial) -> Option<&mut Entry> {
        let entry = self.sockets.get_mut(&socket)?;
        (entry.serial == serial).then_some(entry)
    }
}

/// Keeps faults, and tells the handler of them without the lock.
fn report(mut table: MutexGuard<'_, Table>, socket: SOCKET, kinds: Vec<FaultKind>) {
    let handler = table.handler;
    let faults = kinds.into_iter().map(|kind| Fault { socket, kind });
    let faults = Vec::from_iter(faults);
    for fault in &faults {
        let moment = table.next();
        table.faults.push_back((moment, fault.clone()));
        if table.faults.len() > KEPT {
            table.faults.pop_front();
        }
    }
    drop(table);
    for fault in &faults {
        handler(fault);
    }
}

#[track_caller]
fn site(call: &'static str) -> Site {
    Site {
        call,
        location: Location::caller(),
        thread: thread::current().name().map(str::to_owned),
    }
}

/// Bookkeeping that leaves the thread's last error as the call left it (O1).
fn keep_last_error<T>(bookkeeping: impl FnOnce(i32) -> T) -> T {
    let code = sys::last_error();
    let result = bookkeeping(code);
    // SAFETY: it takes no pointer.
    unsafe { sys::WSASetLastError(code) };
    result
}

/// Whether a call's result says that it failed.
pub(crate) trait Failure {
    fn failed(&self) -> bool;
}

impl Failure for i32 {
    fn failed(&self) -> bool {
        *self == SOCKET_ERROR
    }
}

impl Failure for SOCKET {
    fn failed(&self) -> bool {
        *self == INVALID_SOCKET
    }
}

/// A call on a socket.
#[track_caller]
pub(crate) fn call<T: Failure>(name: &'static str, socket: SOCKET, call: impl FnOnce() -> T) -> T {
    call_all(name, || vec![socket], call)
}

/// A call on several sockets.
#[track_caller]
pub(crate) fn call_all<T: Failure>(
    name: &'static str,
    sockets: impl FnOnce() -> Vec<SOCKET>,
    call: impl FnOnce() -> T,
) -> T {
    let calls = begin(name, sockets());
    let result = call();
    calls.end(result.failed());
    result
}

/// A call in progress.
pub(crate) struct Calls {
    site: Site,
    thread: ThreadId,
    sockets: Vec<(SOCKET, Option<Serial>)>,
}

/// A call on some sockets begins.
#[track_caller]
pub(crate) fn begin(name: &'static str, sockets: Vec<SOCKET>) -> Calls {
    let site = site(name);
    let thread = thread::current().id();
    let mut table = table();
    let enter = |socket: SOCKET| {
        let serial = table.sockets.get_mut(&socket).map(|entry| {
            if entry.closed.is_none() {
                entry.calls.push((thread, site.clone()));
            }
            entry.serial
        });
        (socket, serial)
    };
    let sockets = sockets.into_iter().map(enter).collect();
    Calls {
        site,
        thread,
        sockets,
    }
}

impl Calls {
    /// It returned.
    pub(crate) fn end(mut self, failed: bool) {
        self.leave(failed);
    }

    fn leave(&mut self, failed: bool) {
        // Of several, the failure may be another's.
        let alone = self.sockets.len() == 1;
        let sockets = std::mem::take(&mut self.sockets);
        keep_last_error(|code| {
            for (socket, serial) in sockets {
                let mut table = table();
                let Some(entry) = serial.and_then(|serial| table.of(socket, serial)) else {
                    continue;
                };
                let own = |(by, call): &(ThreadId, Site)| *by == self.thread && *call == self.site;
                if let Some(index) = entry.calls.iter().position(own) {
                    entry.calls.swap_remove(index);
                } else if let Some(closed) = &entry.closed
                    && alone
                    && failed
                    && code == WSAENOTSOCK
                {
                    let kind = FaultKind::UsedAfterClose {
                        opened: entry.opened.clone(),
                        closed: closed.clone(),
                        used: self.site.clone(),
                    };
                    report(table, socket, vec![kind]);
                }
            }
        });
    }
}

impl Drop for Calls {
    /// It never came to the call, or unwound out of it.
    fn drop(&mut self) {
        if !self.sockets.is_empty() {
            self.leave(false);
        }
    }
}

/// A call that opens a socket, which its caller has to close.
#[track_caller]
pub(crate) fn open(name: &'static str, open: impl FnOnce() -> SOCKET) -> SOCKET {
    let socket = open();
    opened(name, socket);
    socket
}

/// A call opened a socket, or failed.
#[track_caller]
pub(crate) fn opened(name: &'static str, socket: SOCKET) {
    if !socket.failed() {
        let site = site(name);
        keep_last_error(|_| table().insert(socket, site, false));
    }
}

/// A call that closes a socket; `owner` says which one, if a `Socket` makes it.
#[track_caller]
pub(crate) fn close(
    name: &'static str,
    socket: SOCKET,
    owner: Option<Serial>,
    close: impl FnOnce() -> i32,
) -> i32 {
    let closing = begin_close(name, socket, owner);
    let result = close();
    closing.end(result.failed());
    result
}

/// A close in progress.
pub(crate) struct Closing {
    site: Site,
    socket: SOCKET,
    before: Before,
}

/// A close begins. The number may be handed out again before the call returns (O8), so it counts as closed
/// from here on; a close that fails is undone.
#[track_caller]
pub(crate) fn begin_close(name: &'static str, socket: SOCKET, owner: Option<Serial>) -> Closing {
    let site = site(name);
    let before = keep_last_error(|_| closing(socket, owner, &site));
    Closing {
        site,
        socket,
        before,
    }
}

impl Closing {
    /// It returned.
    pub(crate) fn end(self, failed: bool) {
        let Closing {
            site,
            socket,
            before,
        } = self;
        keep_last_error(|code| match before {
            // It is still open (O23), or its state is not known.
            Before::Open(serial) if failed && code != WSAENOTSOCK => {
                if let Some(entry) = table().of(socket, serial) {
                    entry.closed = None;
                }
            }
            Before::Closed { opened, closed } if failed && code == WSAENOTSOCK => {
                let again = site;
                let kind = FaultKind::ClosedTwice {
                    opened,
                    closed,
                    again,
                };
                report(table(), socket, vec![kind]);
            }
            _ => {}
        });
    }
}

/// What was known of a descriptor when its close began.
enum Before {
    Unknown,
    Open(Serial),
    Closed { opened: Site, closed: Site },
}

fn closing(socket: SOCKET, owner: Option<Serial>, site: &Site) -> Before {
    let thread = thread::current().id();
    let mut table = table();
    let Some(entry) = table.sockets.get_mut(&socket) else {
        return Before::Unknown;
    };
    let opened = entry.opened.clone();
    if let Some(closed) = entry.closed.clone() {
        return Before::Closed { opened, closed };
    }
    let mut kinds = Vec::new();
    let by_owner = owner == Some(entry.serial);
    if owner.is_some() && !by_owner {
        // The owner's own socket was closed behind its back, and the number is another's by now.
        // That the first close was wrong was said then.
        let closed = site.clone();
        kinds.push(FaultKind::ClosedUnderOwner { opened, closed });
        report(table, socket, kinds);
        return Before::Unknown;
    }
    if entry.owned && !by_owner {
        kinds.push(FaultKind::ClosedUnderOwner {
            opened: opened.clone(),
            closed: site.clone(),
        });
    }
    for (_, call) in entry.calls.iter().filter(|(by, _)| *by != thread) {
        kinds.push(FaultKind::ClosedDuringCall {
            opened: opened.clone(),
            call: call.clone(),
            closed: site.clone(),
        });
    }
    let serial = entry.serial;
    entry.closed = Some(site.clone());
    report(table, socket, kinds);
    Before::Open(serial)
}

/// A `Socket` takes a descriptor over.
#[track_caller]
pub(crate) fn own(name: &'static str, socket: SOCKET) -> Serial {
    let site = site(name);
    keep_last_error(|_| {
        let mut table = table();
        match table.sockets.get_mut(&socket) {
            Some(entry) if entry.closed.is_none() && !entry.handed_out => {
                entry.owned = true;
                entry.serial
            }
            _ => table.insert(socket, site, true),
        }
    })
}

/// A `Socket` hands its descriptor out as a number.
pub(crate) fn disown(socket: SOCKET, serial: Serial) {
    if let Some(entry) = table().of(socket, serial) {
        entry.owned = false;
        entry.handed_out = true;
    }
}

/// A `Socket` hands its descriptor to an owner that is not seen here.
#[cfg(windows)]
pub(crate) fn forget(socket: SOCKET, serial: Serial) {
    let mut table = table();
    if table.of(socket, serial).is_some() {
        table.sockets.remove(&socket);
    }
}

pub(super) fn moment() -> u64 {
    table().moment
}

pub(super) fn leaks(since: u64) -> Vec<Open> {
    let table = table();
    let open = table
        .sockets
        .iter()
        .filter(|(_, entry)| entry.closed.is_none() && entry.serial.0 > since)
        .map(|(socket, entry)| Open {
            socket: *socket,
            opened: entry.opened.clone(),
            owned: entry.owned,
        });
    let open = Vec::from_iter(open);
    drop(table);
    keep_last_error(|_| {
        let still = |open: &Open| sys::is_ours(open.socket) && is_open(open.socket);
        open.into_iter().filter(still).collect()
    })
}

/// Whether Winsock knows the descriptor.
fn is_open(socket: SOCKET) -> bool {
    let mut kind = 0_i32;
    let mut len = crate::addr::size::<i32>();
    let value = (&raw mut kind).cast();
    // SAFETY: `value` is writable for `len` bytes.
    let result = unsafe { sys::getsockopt(socket, SOL_SOCKET, SO_TYPE, value, &mut len) };
    result == 0 || !matches!(sys::last_error(), WSAENOTSOCK | WSANOTINITIALISED)
}

pub(super) fn faults(since: u64) -> Vec<Fault> {
    let table = table();
    let ours = |(moment, fault): &&(u64, Fault)| *moment > since && sys::is_ours(fault.socket);
    let faults = table.faults.iter().filter(ours);
    faults.map(|(_, fault)| fault.clone()).collect()
}

pub(super) fn calls(socket: SOCKET) -> Vec<Site> {
    let table = table();
    let calls = table.sockets.get(&socket).map(|entry| entry.calls.iter());
    let calls = calls.into_iter().flatten();
    calls.map(|(_, site)| site.clone()).collect()
}

pub(super) fn set_handler(handler: fn(&Fault)) {
    table().handler = handler;
}
