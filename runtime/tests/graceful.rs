//! The graceful close, on Ws2_32 and on the model alike.

mod common;

use std::net::Shutdown;
use std::thread;
use std::time::Duration;

use common::{on_wine, pair};
use socket_lifecycle::model::Model;
use socket_lifecycle::{ErrorKind, Family, Graceful, Linger, Socket, Winsock};

const LONG: Duration = Duration::from_secs(60);
const SHORT: Duration = Duration::from_millis(50);

fn receive_all(socket: &Socket) -> Vec<u8> {
    let mut received = Vec::new();
    let mut buffer = [0; 64];
    loop {
        match socket.recv(&mut buffer).expect("recv") {
            0 => return received,
            len => received.extend_from_slice(&buffer[..len]),
        }
    }
}

/// O24, O27: the peer has everything, and what it answered was received.
#[test]
fn a_peer_that_finishes_confirms() {
    for nonblocking in [false, true] {
        let _winsock = Winsock::start().expect("startup");
        let (near, far) = pair();
        let peer = thread::spawn(move || {
            let request = receive_all(&far);
            assert_eq!(far.send(b"answer"), Ok(6));
            far.shutdown(Shutdown::Write).expect("shutdown");
            far.close().expect("close");
            request
        });
        assert_eq!(near.send(b"request"), Ok(7));
        near.set_nonblocking(nonblocking).expect("FIONBIO");
        let mut answer = Vec::new();
        let outcome = near.close_graceful_with(LONG, |bytes| answer.extend_from_slice(bytes));
        assert_eq!(outcome.expect("close"), Graceful::Confirmed);
        assert_eq!(answer, b"answer");
        assert_eq!(peer.join().expect("peer"), b"request");
    }
}

/// O20: after the time is over the rest is sent in the background, whatever the linger option says.
#[test]
fn a_peer_that_does_not_finish_is_waited_for_no_longer_than_said() {
    for linger in [Linger::Off, Linger::Abort, Linger::Timeout(LONG)] {
        let _winsock = Winsock::start().expect("startup");
        let (near, far) = pair();
        near.set_linger(linger).expect("SO_LINGER");
        assert_eq!(near.send(b"queued"), Ok(6));
        let outcome = near.close_graceful(SHORT).expect("close");
        assert_eq!(outcome, Graceful::TimedOut);
        assert_eq!(receive_all(&far), b"queued", "{linger:?}");
    }
}

/// A peer that never stops sending does not keep the socket either.
#[test]
fn a_peer_that_goes_on_sending_is_left() {
    // On the model time passes if data is under way for some.
    let model = Model::new();
    model.set_latency(Duration::from_millis(1));
    model.set_send_buffer(1024);
    let _entered = model.enter();
    let _winsock = Winsock::start().expect("startup");
    let (near, far) = pair();
    let peer = thread::spawn(move || {
        let _entered = model.enter();
        while far.send(&[7; 1024]).is_ok() {}
    });
    let outcome = near.close_graceful(SHORT).expect("close");
    assert_ne!(outcome, Graceful::Confirmed);
    peer.join().expect("the close ended its sends");
}

/// O21. Wine 8 reports the reset of a peer that had received nothing as an orderly end, so what is
/// received first differs there; the model is exact.
#[test]
fn a_peer_that_aborts_resets() {
    let _winsock = Winsock::start().expect("startup");
    let (near, far) = pair();
    assert_eq!(near.send(b"lost"), Ok(4));
    far.abort().expect("abort");
    let outcome = near.close_graceful(LONG).expect("close");
    let ended = on_wine() && outcome == Graceful::Confirmed;
    assert!(ended || outcome == Graceful::Reset, "{outcome:?}");
}

/// A socket without a connection comes back.
#[test]
fn what_is_not_connected_is_given_back() {
    let _winsock = Winsock::start().expect("startup");
    let socket = Socket::stream(Family::V4).expect("socket");
    let error = socket.close_graceful(SHORT).expect_err("no connection");
    assert_eq!(error.kind(), ErrorKind::NotConnected);
    let socket = error.into_socket().expect("still open");
    socket.close().expect("close");
}
