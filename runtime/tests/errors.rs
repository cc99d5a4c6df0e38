//! Every error code of the reference page, through [`Socket::close`]. A real Winsock cannot be made to
//! fail with most of them, so this is for the model, which is what the calls go to elsewhere.
#![cfg(not(windows))]

use socket_lifecycle::model::{Call, Model};
use socket_lifecycle::{ErrorKind, Family, Socket, Winsock};

/// The section "Return value", with the numbers of `winsock2.h`.
const CODES: [(ErrorKind, i32, &str); 6] = [
    (ErrorKind::NotInitialised, 10093, "WSANOTINITIALISED"),
    (ErrorKind::NetworkDown, 10050, "WSAENETDOWN"),
    (ErrorKind::NotSocket, 10038, "WSAENOTSOCK"),
    (ErrorKind::InProgress, 10036, "WSAEINPROGRESS"),
    (ErrorKind::Interrupted, 10004, "WSAEINTR"),
    (ErrorKind::WouldBlock, 10035, "WSAEWOULDBLOCK"),
];

/// O1 to O7.
#[test]
fn close_reports_each_code_and_gives_back_what_is_still_open() {
    for (kind, code, name) in CODES {
        let model = Model::new();
        let _entered = model.enter();
        let _winsock = Winsock::start().expect("startup");
        let socket = Socket::stream(Family::V4).expect("socket");
        model.fail_next(Call::CloseSocket, kind);
        let error = socket.close().expect_err("injected");
        assert_eq!(error.kind(), kind);
        assert_eq!(error.error().code(), code);
        assert_eq!(error.error().call(), "closesocket");
        assert!(error.to_string().contains(name), "{error}");
        let socket = error.into_socket();
        assert_eq!(socket.is_some(), kind == ErrorKind::WouldBlock);
        if let Some(socket) = socket {
            socket.close().expect("a second close");
            assert_eq!(model.open_descriptors(), 0);
        }
    }
}

/// O7, O13, O20: dropping closes also where a close would block.
#[test]
fn drop_closes_even_if_the_close_would_block() {
    let model = Model::new();
    let _entered = model.enter();
    let _winsock = Winsock::start().expect("startup");
    let socket = Socket::stream(Family::V4).expect("socket");
    model.fail_next(Call::CloseSocket, ErrorKind::WouldBlock);
    drop(socket);
    assert_eq!(model.open_descriptors(), 0);
}

/// O2: nothing works before the start and after the last stop.
#[test]
fn a_winsock_that_is_not_started_opens_nothing() {
    let model = Model::new();
    let _entered = model.enter();
    let kind = || {
        Socket::stream(Family::V4)
            .map(drop)
            .map_err(|error| error.kind())
    };
    assert_eq!(kind(), Err(ErrorKind::NotInitialised));
    let winsock = Winsock::start().expect("startup");
    assert_eq!(kind(), Ok(()));
    winsock.stop().expect("cleanup");
    assert_eq!(kind(), Err(ErrorKind::NotInitialised));
}

#[test]
fn codes_and_kinds_agree() {
    for kind in ErrorKind::NAMED {
        assert_eq!(ErrorKind::from_code(kind.code()), *kind);
    }
    assert_eq!(ErrorKind::from_code(11001), ErrorKind::Other(11001));
}
