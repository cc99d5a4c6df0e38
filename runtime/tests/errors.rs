//! Every error code of the reference page, through [`Socket::close`]. A real Winsock cannot be made to
//! fail with most of them, so this is for the model, which is what the calls go to elsewhere.
#![cfg(not(windows))]

use std::net::Shutdown;

use socket_lifecycle::model::{Call, Model};
use socket_lifecycle::{CompletionPort, ErrorKind, Family, Linger, Operation, Socket, Winsock};

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

/// O7, O23: also if it would block again and again, and nothing else helps.
#[test]
fn drop_closes_whatever_fails() {
    let model = Model::new();
    let _entered = model.enter();
    let _winsock = Winsock::start().expect("startup");
    let socket = Socket::stream(Family::V4).expect("socket");
    for _ in 0..5 {
        model.fail_next(Call::CloseSocket, ErrorKind::WouldBlock);
        model.fail_next(Call::SetOption, ErrorKind::NetworkDown);
        model.fail_next(Call::Ioctl, ErrorKind::NetworkDown);
    }
    drop(socket);
    assert_eq!(model.open_descriptors(), 0);
}

/// O2 to O6: a drop that fails otherwise gives up, as `close` does: the descriptor may be another
/// socket's.
#[test]
fn drop_does_not_repeat_other_failures() {
    for (kind, ..) in CODES {
        if kind == ErrorKind::WouldBlock {
            continue;
        }
        let model = Model::new();
        let _entered = model.enter();
        let _winsock = Winsock::start().expect("startup");
        let socket = Socket::stream(Family::V4).expect("socket");
        model.fail_next(Call::CloseSocket, kind);
        drop(socket);
        assert_eq!(model.open_descriptors(), 1, "{kind:?}");
    }
}

/// O1: every call says which one failed, and with which code.
#[test]
fn every_call_reports_every_code() {
    fn check<T, E: Into<std::io::Error>>(
        model: &Model,
        call: Call,
        name: &str,
        run: impl Fn() -> Result<T, E>,
    ) {
        for kind in ErrorKind::NAMED {
            if *kind == ErrorKind::Pending {
                continue;
            }
            model.fail_next(call, *kind);
            let error = run().map(drop).map_err(Into::<std::io::Error>::into);
            let error = error.expect_err("injected").to_string();
            assert!(error.starts_with(&format!("{name}: ")), "{error}");
            assert!(error.contains(kind.name().expect("named")), "{error}");
        }
    }

    let model = Model::new();
    let _entered = model.enter();
    let _winsock = Winsock::start().expect("startup");
    let socket = Socket::stream(Family::V4).expect("socket");
    let socket = &socket;
    let addr = ([127, 0, 0, 1], 0).into();
    let (mut read, written) = ([0; 4], [0; 4]);
    check(&model, Call::Startup, "WSAStartup", Winsock::start);
    check(&model, Call::Socket, "WSASocketW", || {
        Socket::stream(Family::V4)
    });
    check(&model, Call::Socket, "WSASocketW", || {
        Socket::datagram(Family::V6)
    });
    check(&model, Call::Bind, "bind", || socket.bind(addr));
    check(&model, Call::Listen, "listen", || socket.listen(1));
    check(&model, Call::Accept, "accept", || socket.accept());
    check(&model, Call::Connect, "connect", || socket.connect(addr));
    check(&model, Call::Send, "send", || socket.send(&written));
    check(&model, Call::Send, "sendto", || {
        socket.send_to(&written, addr)
    });
    check(&model, Call::Recv, "recv", || socket.recv(&mut [0; 4]));
    check(&model, Call::Recv, "recvfrom", || {
        socket.recv_from(&mut [0; 4])
    });
    check(&model, Call::Shutdown, "shutdown", || {
        socket.shutdown(Shutdown::Both)
    });
    check(&model, Call::SockName, "getsockname", || {
        socket.local_addr()
    });
    check(&model, Call::PeerName, "getpeername", || socket.peer_addr());
    check(&model, Call::GetOption, "getsockopt", || socket.linger());
    check(&model, Call::SetOption, "setsockopt", || {
        socket.set_linger(Linger::Off)
    });
    check(&model, Call::Ioctl, "ioctlsocket", || {
        socket.set_nonblocking(false)
    });
    check(
        &model,
        Call::CreatePort,
        "CreateIoCompletionPort",
        CompletionPort::new,
    );
    // A socket that has no such option has no connection to reset.
    for (kind, closes) in [
        (ErrorKind::UnknownOption, true),
        (ErrorKind::NetworkDown, false),
    ] {
        model.fail_next(Call::SetOption, kind);
        let aborted = Socket::stream(Family::V4).expect("socket").abort();
        let error = aborted.map_err(|error| (error.kind(), error.into_socket().is_some()));
        assert_eq!(error, if closes { Ok(()) } else { Err((kind, true)) });
    }
    assert!(socket.recv(&mut read).is_err());
}

/// O1, O3: and so does the end of Winsock, if it is asked.
#[test]
fn a_stop_that_fails_is_reported() {
    let model = Model::new();
    let _entered = model.enter();
    let winsock = Winsock::start().expect("startup");
    model.fail_next(Call::Cleanup, ErrorKind::NetworkDown);
    let error = winsock.stop().expect_err("injected");
    assert_eq!(
        (error.kind(), error.call()),
        (ErrorKind::NetworkDown, "WSACleanup")
    );
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

/// O2, O8: the last `WSACleanup` would close what a `Socket` still owns, whose number could come back.
#[test]
fn winsock_stays_started_as_long_as_there_is_a_socket() {
    let model = Model::new();
    let _entered = model.enter();
    let winsock = Winsock::start().expect("startup");
    let socket = Socket::stream(Family::V4).expect("socket");
    let raw = Socket::stream(Family::V4).expect("socket").into_raw();
    winsock.stop().expect("stop");
    assert_eq!(socket.linger(), Ok(Linger::Off));
    let again = Winsock::start().expect("startup");
    let other = Socket::stream(Family::V4).expect("socket");
    drop(again);
    drop(socket);
    assert_eq!(other.linger(), Ok(Linger::Off));
    other.close().expect("close");
    assert_eq!(
        model.closesocket(raw),
        Err(ErrorKind::NotInitialised),
        "the last one was it"
    );
}

/// O2: a token ends what it started, from whichever thread.
#[test]
fn a_token_is_of_its_model() {
    let (inner, outer) = (Model::new(), Model::new());
    let _outer = outer.enter();
    let _winsock = Winsock::start().expect("startup");
    let socket = Socket::stream(Family::V4).expect("socket");
    let token = {
        let _inner = inner.enter();
        Winsock::start().expect("startup")
    };
    std::thread::spawn(move || drop(token))
        .join()
        .expect("thread");
    assert_eq!(inner.cleanup(), Err(ErrorKind::NotInitialised));
    assert_eq!(socket.linger(), Ok(Linger::Off));
}

/// A thread that ends drops what it had in thread-local values, with whatever is left by then.
#[test]
fn a_socket_may_be_thread_local() {
    thread_local! {
        static KEPT: std::cell::RefCell<Vec<Socket>> = const { std::cell::RefCell::new(Vec::new()) };
    }
    let model = Model::new();
    let of_thread = model.clone();
    std::thread::spawn(move || {
        KEPT.with_borrow_mut(Vec::clear);
        let _entered = of_thread.enter();
        let winsock = Winsock::start().expect("startup");
        let socket = Socket::stream(Family::V4).expect("socket");
        KEPT.with_borrow_mut(|kept| kept.push(socket));
        drop(winsock);
    })
    .join()
    .expect("thread");
    assert_eq!(model.open_descriptors(), 0);
}

/// A model is of its sockets, whichever thread uses them.
#[test]
fn a_socket_leads_to_its_model() {
    let model = Model::new();
    let _entered = model.enter();
    let _winsock = Winsock::start().expect("startup");
    let socket = Socket::datagram(Family::V4).expect("socket");
    socket.bind(([127, 0, 0, 1], 0).into()).expect("bind");
    let addr = socket.local_addr().expect("name");
    let operation = std::thread::spawn(move || {
        assert_eq!(socket.send_to(b"thread", addr), Ok(6));
        let socket = std::sync::Arc::new(socket);
        let received = Operation::receive(socket.clone(), [0; 6])
            .expect("WSARecv")
            .wait();
        assert_eq!(&received.buffer, b"thread");
        Operation::receive(socket, [0; 6]).expect("WSARecv")
    });
    drop(operation.join().expect("thread"));
    assert_eq!((model.open_descriptors(), model.open_handles()), (0, 0));
}

#[test]
fn codes_and_kinds_agree() {
    for kind in ErrorKind::NAMED {
        assert_eq!(ErrorKind::from_code(kind.code()), *kind);
    }
    assert_eq!(ErrorKind::from_code(11001), ErrorKind::Other(11001));
}
