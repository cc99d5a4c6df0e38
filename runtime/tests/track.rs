//! What builds with debug assertions, or with the feature `track`, notice: on Ws2_32 and on the model.

mod common;

use std::mem;
use std::net::Shutdown;
use std::sync::Mutex;
use std::thread;

use common::pair;
use socket_lifecycle::raw::{AF_INET, SOCK_STREAM, SOCKET};
use socket_lifecycle::track::{self, Fault, FaultKind, Site};
use socket_lifecycle::{ErrorKind, Family, Socket, Winsock, raw};

/// The table is the process's, and so are the descriptors, which are reused at once.
static ALONE: Mutex<()> = Mutex::new(());

#[track_caller]
fn open() -> SOCKET {
    // SAFETY: it takes no pointer.
    let socket = unsafe { raw::socket(AF_INET.into(), SOCK_STREAM, 0) };
    assert_ne!(socket, raw::INVALID_SOCKET);
    socket
}

#[track_caller]
fn close(socket: SOCKET) -> i32 {
    // SAFETY: it takes no pointer.
    unsafe { raw::closesocket(socket) }
}

fn last_error() -> ErrorKind {
    // SAFETY: it takes no argument.
    ErrorKind::from_code(unsafe { raw::WSAGetLastError() })
}

/// Where a site is: in this file, by its line.
fn line(site: &Site) -> u32 {
    assert_eq!(site.location.file(), file!());
    site.location.line()
}

fn run(test: impl FnOnce()) {
    let _alone = ALONE
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner());
    let _winsock = Winsock::start().expect("startup");
    track::set_handler(|_| {});
    test();
}

/// O13.
#[test]
fn a_socket_that_is_never_closed_is_a_leak() {
    run(|| {
        let before = track::checkpoint();
        let closed = open();
        assert_eq!(close(closed), 0);
        assert!(before.report().is_clean());
        let (raw_line, raw) = (line!(), open());
        let (owned_line, owned) = (line!(), Socket::stream(Family::V4).expect("socket"));
        let leaks = before.leaks();
        let found = leaks
            .iter()
            .map(|leak| (leak.socket, line(&leak.opened), leak.owned));
        let mut expected = [(raw, raw_line, false), (owned.as_raw(), owned_line, true)];
        expected.sort();
        assert_eq!(Vec::from_iter(found), expected);
        let text = before.report().to_string();
        assert!(
            text.contains(&format!(
                "socket {raw} was opened by `socket` at {}:{raw_line}:",
                file!()
            )),
            "{text}"
        );
        assert!(text.ends_with("0 misuses, 2 sockets open"), "{text}");

        let forgotten = owned.as_raw();
        mem::forget(owned);
        assert_eq!(before.leaks().len(), 2);
        assert_eq!((close(raw), close(forgotten)), (0, 0));
        assert!(before.leaks().is_empty());
        assert!(!track::leaks().iter().any(|leak| leak.socket == raw));
    });
}

/// O13: an owner takes a number over, and hands it out.
#[test]
fn owners_are_followed() {
    run(|| {
        let before = track::checkpoint();
        let raw = open();
        // SAFETY: it was just opened, and is nobody's.
        let owned = unsafe { Socket::from_raw(raw) };
        assert!(before.leaks()[0].owned);
        let raw = owned.into_raw();
        assert!(!before.leaks()[0].owned);
        assert_eq!(close(raw), 0);
        let (near, far) = pair();
        let (accepted, _) = {
            let listener = common::listener();
            near.shutdown(Shutdown::Both).expect("shutdown");
            let client = Socket::stream(Family::V4).expect("socket");
            client
                .connect(listener.local_addr().expect("name"))
                .expect("connect");
            listener.accept().expect("accept")
        };
        let leak = before
            .leaks()
            .into_iter()
            .find(|leak| leak.socket == accepted.as_raw());
        assert_eq!(leak.expect("open").opened.call, "accept");
        drop((near, far));
        accepted.close().expect("close");
        assert!(before.report().is_clean());
    });
}

/// O8, O9.
#[test]
fn a_second_close_is_a_fault() {
    run(|| {
        let before = track::checkpoint();
        let (opened_line, socket) = (line!(), open());
        let (first_line, first) = (line!(), close(socket));
        let (second_line, second) = (line!(), close(socket));
        assert_eq!(
            last_error(),
            ErrorKind::NotSocket,
            "the bookkeeping leaves it (O1)"
        );
        assert_eq!((first, second), (0, -1));
        let faults = before.faults();
        let [
            Fault {
                socket: of,
                kind:
                    FaultKind::ClosedTwice {
                        opened,
                        closed,
                        again,
                        ..
                    },
                ..
            },
        ] = &faults[..]
        else {
            panic!("{faults:?}");
        };
        assert_eq!(*of, socket);
        let lines = [opened, closed, again].map(line);
        assert_eq!(lines, [opened_line, first_line, second_line]);
        let text = faults[0].to_string();
        assert!(
            text.starts_with(&format!(
                "socket {socket} was closed twice: by `closesocket` at "
            )),
            "{text}"
        );
    });
}

/// O8: the number is another socket's by then. Winsock cannot tell, but its owner is known.
#[test]
fn a_close_behind_the_owners_back_is_a_fault() {
    run(|| {
        let before = track::checkpoint();
        let owner = Socket::stream(Family::V4).expect("socket");
        let (closed_line, closed) = (line!(), close(owner.as_raw()));
        assert_eq!(closed, 0);
        let faults = before.faults();
        let [
            Fault {
                kind: FaultKind::ClosedUnderOwner { closed, .. },
                ..
            },
        ] = &faults[..]
        else {
            panic!("{faults:?}");
        };
        assert_eq!(line(closed), closed_line);

        // Handed out again: now the first owner's close hits the second's socket.
        let second_line = line!() + 1;
        let second = Socket::stream(Family::V4).expect("socket");
        let reused = second.as_raw() == owner.as_raw();
        drop(owner);
        let faults = before.faults();
        assert_eq!(faults.len(), 2, "{faults:?}");
        let of_second = matches!(&faults[1].kind, FaultKind::ClosedUnderOwner { opened, .. } if line(opened) == second_line);
        let twice = matches!(faults[1].kind, FaultKind::ClosedTwice { .. });
        assert_eq!((of_second, twice), (reused, !reused), "{faults:?}");
        mem::forget(second);
    });
}

/// O8, O9.
#[test]
fn a_use_after_close_is_a_fault() {
    run(|| {
        let before = track::checkpoint();
        let socket = open();
        let (closed_line, result) = (line!(), close(socket));
        assert_eq!(result, 0);
        // SAFETY: it takes no pointer.
        let (used_line, result) = (line!(), unsafe { raw::shutdown(socket, raw::SD_SEND) });
        assert_eq!((result, last_error()), (-1, ErrorKind::NotSocket));
        let faults = before.faults();
        let [
            Fault {
                kind: FaultKind::UsedAfterClose { used, closed, .. },
                ..
            },
        ] = &faults[..]
        else {
            panic!("{faults:?}");
        };
        assert_eq!(
            (used.call, line(used), line(closed)),
            ("shutdown", used_line, closed_line)
        );
    });
}

/// O10.
#[test]
fn a_close_during_a_call_of_another_thread_is_a_fault() {
    run(|| {
        let before = track::checkpoint();
        let (_near, far) = pair();
        let far = far.into_raw();
        let reader = thread::Builder::new().name("reader".into());
        let reader = reader.spawn(move || {
            let mut byte = 0;
            // SAFETY: it is writable for its length.
            unsafe { raw::recv(far, &mut byte, 1, 0) }
        });
        while track::calls(far).is_empty() {
            thread::yield_now();
        }
        let (closed_line, result) = (line!(), close(far));
        assert_eq!(result, 0);
        let received = reader.expect("spawn").join().expect("reader");
        assert!(received <= 0, "{received}");
        let faults = before.faults();
        let [
            Fault {
                kind: FaultKind::ClosedDuringCall { call, closed, .. },
                ..
            },
        ] = &faults[..]
        else {
            panic!("{faults:?}");
        };
        assert_eq!(
            (call.call, call.thread.as_deref()),
            ("recv", Some("reader"))
        );
        assert_eq!(line(closed), closed_line);
        assert!(
            faults[0].to_string().contains("during `recv` at"),
            "{}",
            faults[0]
        );
    });
}

/// What is not certain is not said: a close that would block, numbers that come back, other owners.
#[test]
fn what_is_in_order_is_no_fault() {
    run(|| {
        let before = track::checkpoint();
        for _ in 0..3 {
            // The same number each time.
            let socket = open();
            assert_eq!(close(socket), 0);
        }
        let (near, far) = pair();
        let reader = thread::spawn(move || {
            let received = far.recv(&mut [0; 1]).expect("recv");
            far.close().expect("close");
            received
        });
        assert_eq!(near.send(b"x"), Ok(1));
        assert_eq!(reader.join().expect("reader"), 1);
        near.abort().expect("abort");
        assert!(before.report().is_clean(), "{}", before.report());
    });
}

/// O7: a close that would block leaves the socket open.
#[cfg(not(windows))]
#[test]
fn a_close_that_would_block_closed_nothing() {
    use socket_lifecycle::model::{Call, Model};

    run(|| {
        let before = track::checkpoint();
        let socket = open();
        Model::current().fail_next(Call::CloseSocket, ErrorKind::WouldBlock);
        assert_eq!(close(socket), -1);
        assert_eq!(before.leaks().len(), 1);
        assert_eq!(close(socket), 0);
        assert!(before.report().is_clean(), "{}", before.report());
    });
}

/// What std closes is not seen here, and no leak.
#[cfg(windows)]
#[test]
fn a_type_of_stds_is_an_owner() {
    use std::net::TcpStream;
    use std::os::windows::io::{FromRawSocket, RawSocket};

    run(|| {
        let before = track::checkpoint();
        let (near, far) = pair();
        let near = TcpStream::from(near);
        assert_eq!(before.leaks().len(), 1, "far");
        let number = far.into_raw();
        // SAFETY: it was just given out.
        let far = unsafe { TcpStream::from_raw_socket(number as RawSocket) };
        drop((near, far));
        assert!(before.leaks().is_empty(), "closed elsewhere");
        let near = open();
        assert_eq!(close(near), 0);
        assert!(before.report().is_clean(), "{}", before.report());
    });
}

/// The number was out of sight: what has it now is seen here for the first time.
#[test]
fn a_number_that_comes_back_is_another_socket() {
    run(|| {
        let before = track::checkpoint();
        let raw = Socket::stream(Family::V4).expect("socket").into_raw();
        // SAFETY: it was just given out.
        let (line, back) = (line!(), unsafe { Socket::from_raw(raw) });
        assert_eq!(before.leaks()[0].opened.call, "Socket::from_raw");
        assert_eq!(crate::line(&before.leaks()[0].opened), line);
        back.close().expect("close");
    });
}

/// A close that fails closes nothing.
#[cfg(not(windows))]
#[test]
fn a_close_that_fails_is_not_the_close() {
    use socket_lifecycle::model::{Call, Model};

    run(|| {
        let before = track::checkpoint();
        let socket = open();
        Model::current().fail_next(Call::CloseSocket, ErrorKind::InProgress);
        assert_eq!(close(socket), -1);
        assert_eq!(before.leaks().len(), 1);
        let (closed_line, second) = (line!(), close(socket));
        assert_eq!((second, close(socket)), (0, -1));
        let faults = before.faults();
        let [
            Fault {
                kind: FaultKind::ClosedTwice { closed, .. },
                ..
            },
        ] = &faults[..]
        else {
            panic!("{faults:?}");
        };
        assert_eq!(line(closed), closed_line);
    });
}

/// A call on several sockets fails for one of them, nobody knows which.
#[test]
fn a_call_on_several_sockets_blames_none() {
    run(|| {
        let before = track::checkpoint();
        let socket = open();
        assert_eq!(close(socket), 0);
        let mut set = raw::FD_SET {
            fd_count: 2,
            fd_array: [socket; 64],
        };
        let none = std::ptr::null_mut();
        // SAFETY: the set is valid, the others are null.
        let result = unsafe { raw::select(0, &mut set, none, none, std::ptr::null()) };
        assert_eq!((result, last_error()), (-1, ErrorKind::NotSocket));
        assert!(before.faults().is_empty(), "{}", before.report());
    });
}

/// Faults are told as they happen.
#[test]
fn a_handler_is_told_at_once() {
    static TOLD: Mutex<Vec<Fault>> = Mutex::new(Vec::new());

    run(|| {
        track::set_handler(|fault| TOLD.lock().expect("told").push(fault.clone()));
        let before = track::checkpoint();
        let socket = open();
        assert_eq!((close(socket), close(socket)), (0, -1));
        assert_eq!(*TOLD.lock().expect("told"), before.faults());
        assert_eq!(before.faults().len(), 1);
    });
}
