//! The close table through [`Socket`], on Ws2_32 and on the model alike. Of the model's own exactness, see
//! `close_table.rs`; here is what an application sees.

mod common;

use std::time::Duration;

use common::{on_wine, pair};
use socket_lifecycle::model::Model;
use socket_lifecycle::{ErrorKind, Linger, Mode, Socket, Winsock, raw};

/// What the model's buffers take.
const BYTES: usize = 1024;
const DATA: &[u8] = b"queued";
const LINGER: Duration = Duration::from_secs(1);

fn receive_all(socket: &Socket) -> Result<Vec<u8>, ErrorKind> {
    let mut received = Vec::new();
    let mut buffer = [0; 64];
    loop {
        match socket.recv(&mut buffer).map_err(|error| error.kind())? {
            0 => return Ok(received),
            len => received.extend_from_slice(&buffer[..len]),
        }
    }
}

/// Row 1 (O16, O17, O19, O20): graceful, whatever the mode; by `close` and by dropping.
#[test]
fn without_lingering_what_is_queued_still_arrives() {
    for nonblocking in [false, true] {
        for by_drop in [false, true] {
            let _winsock = Winsock::start().expect("startup");
            let (near, far) = pair();
            near.set_nonblocking(nonblocking).expect("FIONBIO");
            near.set_linger(Linger::Off).expect("SO_LINGER");
            near.send(DATA).expect("send");
            match by_drop {
                true => drop(near),
                false => near.close().expect("close"),
            }
            assert_eq!(receive_all(&far), Ok(DATA.to_vec()));
        }
    }
}

/// Row 2 (O19, O21): hard, whatever the mode. Wine 8 shuts a socket down before it closes it, so that the
/// peer may see an end instead of the reset.
#[test]
fn with_a_timeout_of_zero_the_peer_is_reset() {
    for nonblocking in [false, true] {
        let _winsock = Winsock::start().expect("startup");
        let (near, far) = pair();
        near.set_nonblocking(nonblocking).expect("FIONBIO");
        near.set_linger(Linger::Abort).expect("SO_LINGER");
        near.close().expect("close");
        let received = receive_all(&far);
        let wine = on_wine() && received == Ok(Vec::new());
        assert!(
            wine || received == Err(ErrorKind::ConnectionReset),
            "{received:?}"
        );
    }
}

/// Row 3, blocking, all sent in time (O19, O22): graceful.
#[test]
fn a_blocking_socket_that_lingers_delivers_what_is_queued() {
    let _winsock = Winsock::start().expect("startup");
    let (near, far) = pair();
    near.set_linger(Linger::Timeout(LINGER)).expect("SO_LINGER");
    near.send(DATA).expect("send");
    near.close().expect("close");
    assert_eq!(receive_all(&far), Ok(DATA.to_vec()));
}

/// A nonblocking socket with a linger timeout and unsent data. Such a one only comes from elsewhere:
/// [`Socket`] refuses the combination.
fn would_block() -> (Socket, Socket) {
    let model = Model::current();
    model.set_send_buffer(BYTES);
    model.set_receive_buffer(BYTES);
    let (near, far) = pair();
    near.set_linger(Linger::Timeout(LINGER)).expect("SO_LINGER");
    let number = near.into_raw();
    let mut nonblocking = 1;
    // SAFETY: the pointer is readable and writable.
    let result = unsafe { raw::ioctlsocket(number, raw::FIONBIO, &mut nonblocking) };
    assert_eq!(result, 0);
    // SAFETY: it was just given out, open.
    let near = unsafe { Socket::from_raw(number) };
    assert_eq!(near.mode(), None);
    // More than the buffers on the way take.
    while near.send(&[7; BYTES]).is_ok() {}
    (near, far)
}

/// Row 3, nonblocking (O7, O23): the socket comes back, still open and connected. Wine 8's `closesocket`
/// returns 0 at once.
#[test]
fn a_nonblocking_socket_that_lingers_comes_back() {
    let _entered = Model::new().enter();
    let _winsock = Winsock::start().expect("startup");
    let (near, far) = would_block();
    let error = match near.close() {
        Ok(()) if on_wine() => return,
        Ok(()) => panic!("it did not fail"),
        Err(error) => error,
    };
    assert_eq!(error.kind(), ErrorKind::WouldBlock);
    assert!(
        error.to_string().ends_with("the socket is still open"),
        "{error}"
    );
    let near = error.into_socket().expect("the socket");
    assert_eq!(near.peer_addr(), far.local_addr());
    near.set_nonblocking(false).expect("FIONBIO");
    assert_eq!(near.mode(), Some(Mode::Blocking));
    near.set_linger(Linger::Off).expect("SO_LINGER");
    near.close().expect("a second close");
    assert!(receive_all(&far).is_ok_and(|received| received.len() >= BYTES));
}

/// O23: closing again until it succeeds, which it does when the peer has received.
#[test]
fn a_close_is_repeated_until_it_succeeds() {
    let _entered = Model::new().enter();
    let _winsock = Winsock::start().expect("startup");
    let (near, far) = would_block();
    let error = match near.close() {
        Ok(()) if on_wine() => return,
        Ok(()) => panic!("it did not fail"),
        Err(error) => error,
    };
    let error = error
        .retry(Duration::from_millis(5))
        .expect_err("nobody received");
    assert_eq!(error.kind(), ErrorKind::WouldBlock);
    let peer = std::thread::spawn(move || receive_all(&far));
    error.retry(Duration::from_secs(60)).expect("close");
    assert!(peer.join().expect("peer").is_ok());
}

/// O7, O13, O23: dropping closes such a socket too, without waiting and without losing data.
#[test]
fn a_drop_closes_what_would_block() {
    let _entered = Model::new().enter();
    let _winsock = Winsock::start().expect("startup");
    let (near, far) = would_block();
    drop(near);
    assert!(receive_all(&far).is_ok_and(|received| received.len() >= BYTES));
}
