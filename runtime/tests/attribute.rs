//! The attribute, through the crate that re-exports it.
#![cfg(feature = "macros")]

mod common;

use std::cell::Cell;
use std::sync::{Mutex, PoisonError};

use socket_lifecycle::track::{self, FaultKind};
use socket_lifecycle::{Family, Socket, Winsock, socket_lifecycle};
use windows_sys::Win32::Networking::WinSock::{
    self, AF_INET, INVALID_SOCKET, SD_SEND, SOCK_STREAM, SOCKET, SOCKET_ERROR,
    closesocket as hang_up_on, shutdown, socket,
};

#[socket_lifecycle(opens, no_routing)]
fn open() -> Socket {
    Socket::stream(Family::V4).expect("socket")
}

#[socket_lifecycle(closes(socket))]
fn hang_up(socket: Socket) -> bool {
    socket.close().is_ok()
}

struct Client(Socket);

#[socket_lifecycle]
impl Client {
    #[socket_lifecycle(takes(self))]
    fn stop(self) -> bool {
        hang_up(self.0)
    }
}

#[test]
fn items_are_kept() {
    let _winsock = Winsock::start().expect("startup");
    assert!(Client(open()).stop());
}

/// What a program does with its table is in the data.
#[socket_lifecycle]
fn open_raw() -> Option<SOCKET> {
    // SAFETY: it takes no pointer.
    let s = unsafe { socket(AF_INET.into(), SOCK_STREAM, 0) };
    (s != INVALID_SOCKET).then_some(s)
}

#[socket_lifecycle]
mod table {
    use super::*;

    /// Closes some of a table's sockets; under another name, and by a longer path.
    pub fn close(table: &[SOCKET], which: &[usize]) -> Vec<i32> {
        let close = |index: &usize| match index % 2 {
            // SAFETY: it takes no pointer.
            0 => unsafe { hang_up_on(table[*index]) },
            // SAFETY: it takes no pointer.
            _ => unsafe { WinSock::closesocket(table[*index]) },
        };
        which.iter().map(close).collect()
    }
}

/// Local names are the function's own, whatever the routing needs, and arguments are evaluated once, in
/// their order, also with exits among them.
#[socket_lifecycle]
fn shut_down(s: SOCKET, how: impl Fn() -> Option<i32>) -> Option<i32> {
    let (call, result, argument0) = (1, 2, 3);
    // SAFETY: it takes no pointer.
    let done = unsafe { shutdown(s, how()?) };
    assert_eq!((call, result, argument0), (1, 2, 3));
    Some(done)
}

static ALONE: Mutex<()> = Mutex::new(());

/// O8: no analysis can know what is in the table. The runtime sees it.
#[test]
fn a_double_close_behind_data_is_seen_when_it_happens() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let _winsock = Winsock::start().expect("startup");
    track::set_handler(|_| {});
    let before = track::checkpoint();
    let sockets = [(); 3].map(|()| open_raw().expect("socket"));
    assert_eq!(before.leaks().len(), 3);
    assert_eq!(
        table::close(&sockets, &[0, 1, 2, 1]),
        [0, 0, 0, SOCKET_ERROR]
    );
    let faults = before.faults();
    let [fault] = &faults[..] else {
        panic!("{faults:?}");
    };
    assert_eq!(fault.socket, sockets[1]);
    let FaultKind::ClosedTwice {
        opened,
        closed,
        again,
        ..
    } = &fault.kind
    else {
        panic!("{fault}");
    };
    // At the calls themselves.
    let text = include_str!("attribute.rs");
    let at = |site: &track::Site| {
        text.lines()
            .nth(site.location.line() as usize - 1)
            .expect("a line")
    };
    assert!(at(opened).contains("unsafe { socket("), "{opened}");
    assert!(at(closed).contains("WinSock::closesocket("), "{closed}");
    assert_eq!(closed.location, again.location);
    assert!(before.leaks().is_empty());
}

/// O8, O10: a call that never begins is not in progress.
#[test]
fn a_routed_call_is_the_call() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let _winsock = Winsock::start().expect("startup");
    track::set_handler(|_| {});
    let before = track::checkpoint();
    let (near, far) = common::pair();
    let evaluated = Cell::new(0);
    let how = |how| {
        let evaluated = &evaluated;
        move || {
            evaluated.set(evaluated.get() + 1);
            how
        }
    };
    assert_eq!(shut_down(near.as_raw(), how(None)), None);
    assert!(track::calls(near.as_raw()).is_empty());
    assert_eq!(shut_down(near.as_raw(), how(Some(SD_SEND))), Some(0));
    assert_eq!(evaluated.get(), 2);
    assert_eq!(far.recv(&mut [0; 1]), Ok(0));
    drop((near, far));
    assert!(before.report().is_clean(), "{}", before.report());
}

/// The errors and warnings, word by word; and what compiles without any.
#[cfg(not(any(windows, miri)))]
#[test]
fn messages() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/attribute/fail/*.rs");
    cases.pass("tests/attribute/pass/*.rs");
}
