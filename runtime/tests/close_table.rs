//! The close table of the reference page, row by row, on the model: the only Winsock that can be asked
//! how much is unsent and what time it is. It runs on every system.

use std::net::{Shutdown, SocketAddr};
use std::time::Duration;

use socket_lifecycle::ErrorKind;
use socket_lifecycle::model::Model;
use socket_lifecycle::raw::{AF_INET, LINGER, SOCK_STREAM, SOCKET};

const DATA: &[u8] = b"queued";
const LATENCY: Duration = Duration::from_secs(3);

/// Two connected sockets; what the first has sent takes `LATENCY` to arrive.
struct Pair {
    model: Model,
    near: SOCKET,
    far: SOCKET,
}

impl Pair {
    fn new() -> Pair {
        let model = Model::new();
        model.startup().expect("startup");
        let open = || {
            model
                .socket(AF_INET.into(), SOCK_STREAM, 0)
                .expect("socket")
        };
        let listener = open();
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        model.bind(listener, any).expect("bind");
        model.listen(listener, 1).expect("listen");
        let near = open();
        let addr = model.local_addr(listener).expect("name");
        model.connect(near, addr).expect("connect");
        let (far, _) = model.accept(listener).expect("accept");
        model.closesocket(listener).expect("close");
        model.set_latency(LATENCY);
        Pair { model, near, far }
    }

    fn queued() -> Pair {
        let pair = Pair::new();
        assert_eq!(pair.model.send(pair.near, DATA), Ok(DATA.len()));
        pair
    }

    fn linger(self, onoff: u16, seconds: u16) -> Pair {
        let linger = LINGER {
            l_onoff: onoff,
            l_linger: seconds,
        };
        self.model.set_linger(self.near, linger).expect("SO_LINGER");
        self
    }

    fn nonblocking(self) -> Pair {
        self.model
            .set_nonblocking(self.near, true)
            .expect("FIONBIO");
        self
    }

    fn close(&self) -> Result<(), ErrorKind> {
        self.model.closesocket(self.near)
    }

    fn receive(&self) -> Result<Vec<u8>, ErrorKind> {
        let mut buffer = [0; 16];
        let len = self.model.recv(self.far, &mut buffer)?;
        Ok(buffer[..len].to_vec())
    }

    fn assert_all_arrives(&self) {
        assert_eq!(self.receive(), Ok(DATA.to_vec()));
        assert_eq!(self.receive(), Ok(Vec::new()), "then the end");
    }
}

/// Row 1 (O19, O20): graceful, does not wait, whatever the mode and `l_linger`.
#[test]
fn l_onoff_zero_closes_gracefully_in_the_background() {
    for pair in [
        Pair::queued(),
        Pair::queued().nonblocking(),
        Pair::queued().linger(0, 9),
        Pair::queued().linger(0, 9).nonblocking(),
    ] {
        assert_eq!(pair.close(), Ok(()));
        assert_eq!(pair.model.now(), Duration::ZERO);
        assert_eq!(pair.model.closing_in_background(), 1);
        pair.assert_all_arrives();
        assert_eq!(pair.model.now(), LATENCY);
    }
}

/// Row 2 (O19, O21, O25): hard, does not wait.
#[test]
fn a_timeout_of_zero_resets_the_connection() {
    for pair in [
        Pair::queued().linger(1, 0),
        Pair::queued().linger(1, 0).nonblocking(),
    ] {
        assert_eq!(pair.close(), Ok(()));
        assert_eq!(pair.model.now(), Duration::ZERO);
        assert_eq!(pair.model.closing_in_background(), 0);
        assert_eq!(pair.receive(), Err(ErrorKind::ConnectionReset));
        assert_eq!(pair.model.closesocket(pair.far), Ok(()));
        assert_eq!(pair.model.in_time_wait(), 0);
    }
}

/// Row 3, all sent in time (O19, O22, O25): graceful, waits.
#[test]
fn a_blocking_close_waits_until_all_is_sent() {
    let pair = Pair::queued().linger(1, 9);
    assert_eq!(pair.close(), Ok(()));
    assert_eq!(pair.model.now(), LATENCY);
    pair.assert_all_arrives();
    assert_eq!(pair.model.closesocket(pair.far), Ok(()));
    pair.model.advance(LATENCY);
    assert_eq!(pair.model.in_time_wait(), 1);
}

/// Row 3, not all sent in time (O19, O22, O24, O25): hard, waits, and reports success all the same.
#[test]
fn a_blocking_close_that_times_out_resets_the_connection() {
    let pair = Pair::queued().linger(1, 2);
    assert_eq!(pair.close(), Ok(()));
    assert!(pair.model.now() >= Duration::from_secs(2));
    assert!(pair.model.now() < LATENCY);
    assert_eq!(pair.receive(), Err(ErrorKind::ConnectionReset));
    assert_eq!(pair.model.closesocket(pair.far), Ok(()));
    assert_eq!(pair.model.in_time_wait(), 0);
}

/// Nonblocking with a timeout (O7, O23): the handle stays valid, no disconnect is initiated.
#[test]
fn a_nonblocking_close_that_cannot_complete_leaves_the_socket_open() {
    let pair = Pair::queued().linger(1, 9).nonblocking();
    let open = pair.model.open_descriptors();
    assert_eq!(pair.close(), Err(ErrorKind::WouldBlock));
    assert_eq!(pair.model.open_descriptors(), open);
    assert_eq!(pair.model.now(), Duration::ZERO);
    assert_eq!(pair.receive(), Ok(DATA.to_vec()));
    assert_eq!(
        pair.model.send(pair.near, DATA),
        Ok(DATA.len()),
        "still connected"
    );
    assert_eq!(pair.receive(), Ok(DATA.to_vec()));
    assert_eq!(pair.close(), Ok(()), "all is sent now");
}

/// Without unsent data a nonblocking close completes at once (O23).
#[test]
fn a_nonblocking_close_with_nothing_queued_succeeds() {
    assert_eq!(Pair::new().linger(1, 9).nonblocking().close(), Ok(()));
}

/// O8, O9: the descriptor is handed out again at once, and then names another socket.
#[test]
fn a_closed_descriptor_is_the_next_to_be_handed_out() {
    let pair = Pair::new();
    assert_eq!(pair.close(), Ok(()));
    assert_eq!(pair.close(), Err(ErrorKind::NotSocket), "not reused yet");
    let next = pair.model.socket(AF_INET.into(), SOCK_STREAM, 0);
    assert_eq!(next, Ok(pair.near));
    assert_eq!(pair.close(), Ok(()), "somebody else's socket");
}

/// O25: the orderly end, whoever closes first, leaves `TIME_WAIT` at the end that finished first, and nothing
/// else: the addresses are free after it.
#[test]
fn what_was_shut_down_before_the_close_is_released() {
    for both in [false, true] {
        let pair = Pair::new();
        let local = pair.model.local_addr(pair.near).expect("name");
        assert_eq!(pair.model.shutdown(pair.near, Shutdown::Write), Ok(()));
        if both {
            assert_eq!(pair.model.shutdown(pair.far, Shutdown::Write), Ok(()));
        }
        pair.model.advance(LATENCY);
        assert_eq!(pair.model.closesocket(pair.far), Ok(()));
        pair.model.advance(LATENCY);
        assert_eq!(pair.close(), Ok(()));
        assert_eq!(pair.model.in_time_wait(), 1);
        assert_eq!(pair.model.closing_in_background(), 0);
        let next = pair
            .model
            .socket(AF_INET.into(), SOCK_STREAM, 0)
            .expect("socket");
        assert_eq!(pair.model.bind(next, local), Ok(()));
        pair.model.advance(Duration::from_secs(240));
        assert_eq!(pair.model.in_time_wait(), 0);
    }
}

/// As with every TCP: an application that closes without reading did not get what arrived, and its peer is
/// told so.
#[test]
fn a_close_with_unread_data_resets_the_peer() {
    let pair = Pair::queued();
    pair.model.advance(LATENCY);
    assert_eq!(pair.model.closesocket(pair.far), Ok(()));
    let sent = pair.model.send(pair.near, DATA);
    assert_eq!(sent, Err(ErrorKind::ConnectionReset));
}

/// O18: the timeout that `SO_LINGER` set is reinstated.
#[test]
fn dont_linger_reinstates_the_timeout() {
    let pair = Pair::new().linger(1, 7);
    for dont in [true, false] {
        assert_eq!(pair.model.set_dont_linger(pair.near, dont), Ok(()));
    }
    let linger = pair
        .model
        .linger(pair.near)
        .map(|raw| (raw.l_onoff, raw.l_linger));
    assert_eq!(linger, Ok((1, 7)));
}
