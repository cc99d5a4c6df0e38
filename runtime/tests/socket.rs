//! What holds on Ws2_32 and on the model alike: on Windows, or under Wine, these are real sockets.

mod common;

use std::io::{Read, Write};
use std::net::Shutdown;
use std::rc::Rc;
use std::thread;
use std::time::Duration;

use common::{datagram, listener, on_wine, pair};
use socket_lifecycle::model::Model;
use socket_lifecycle::{
    AsSocket, BorrowedSocket, ErrorKind, Family, Graceful, Linger, Mode, SetLingerError,
    SetNonblockingError, Socket, Winsock, raw,
};

#[test]
fn what_is_sent_before_a_graceful_close_arrives() {
    let _winsock = Winsock::start().expect("startup");
    let (near, far) = pair();
    assert_eq!(near.send(b"data"), Ok(4));
    near.shutdown(Shutdown::Write).expect("shutdown");
    near.close().expect("close");
    let mut buffer = [0; 8];
    assert_eq!(far.recv(&mut buffer), Ok(4));
    assert_eq!(&buffer[..4], b"data");
    assert_eq!(far.recv(&mut buffer), Ok(0));
}

/// O21. Wine shuts a socket down before it closes it, so that the peer may see an end instead of the
/// reset; the model's is exact.
#[test]
fn the_peer_of_an_abort_is_reset() {
    let _winsock = Winsock::start().expect("startup");
    let (near, far) = pair();
    near.abort().expect("abort");
    let received = far.recv(&mut [0; 8]).map_err(|error| error.kind());
    let ended = on_wine() && received == Ok(0);
    assert!(
        ended || received == Err(ErrorKind::ConnectionReset),
        "{received:?}"
    );
}

/// O15, O16, O17, O26.
#[test]
fn the_linger_option_is_read_as_it_was_set() {
    let _winsock = Winsock::start().expect("startup");
    let socket = Socket::stream(Family::V4).expect("socket");
    assert_eq!(socket.linger(), Ok(Linger::Off));
    for linger in [
        Linger::Timeout(Duration::from_secs(5)),
        Linger::Abort,
        Linger::Off,
    ] {
        socket.set_linger(linger).expect("SO_LINGER");
        assert_eq!(socket.linger(), Ok(linger));
    }
    let short = Linger::Timeout(Duration::from_millis(500));
    assert!(matches!(
        socket.set_linger(short),
        Err(SetLingerError::Timeout(_))
    ));
    assert_eq!(socket.linger(), Ok(Linger::Off));
}

#[test]
fn a_nonblocking_socket_does_not_wait() {
    let _winsock = Winsock::start().expect("startup");
    let (near, _far) = pair();
    near.set_nonblocking(true).expect("FIONBIO");
    let received = near.recv(&mut [0; 8]).map_err(|error| error.kind());
    assert_eq!(received, Err(ErrorKind::WouldBlock));
}

/// O13: dropping closes, which the peer sees.
#[test]
fn drop_closes() {
    let _winsock = Winsock::start().expect("startup");
    let (near, far) = pair();
    drop(near);
    assert_eq!(far.recv(&mut [0; 8]), Ok(0));
}

/// O4: and the last error is the calling thread's (O1).
#[test]
fn a_number_that_is_no_socket_is_reported() {
    let _winsock = Winsock::start().expect("startup");
    // SAFETY: no descriptor has this value.
    let result = unsafe { raw::closesocket(raw::INVALID_SOCKET) };
    assert_eq!(result, raw::SOCKET_ERROR);
    // SAFETY: it takes no pointer.
    let code = unsafe { raw::WSAGetLastError() };
    assert_eq!(ErrorKind::from_code(code), ErrorKind::NotSocket);
}

#[test]
fn a_descriptor_goes_out_and_back() {
    let _winsock = Winsock::start().expect("startup");
    let (near, far) = pair();
    let raw = near.into_raw();
    // SAFETY: it was just given out, open.
    let near = unsafe { Socket::from_raw(raw) };
    assert_eq!(near.as_raw(), raw);
    assert_eq!(near.send(b"x"), Ok(1));
    assert_eq!(far.recv(&mut [0; 8]), Ok(1));
}

/// O8, O13: what lends a socket leaves it to its owner.
#[test]
fn a_borrowed_socket_is_used_and_not_closed() {
    fn send(socket: impl AsSocket, bytes: &[u8]) -> usize {
        socket.as_socket().send(bytes).expect("send")
    }

    let _winsock = Winsock::start().expect("startup");
    let (near, far) = pair();
    assert_eq!(send(&near, b"1"), 1);
    // SAFETY: `near` stays open meanwhile.
    let lent = unsafe { BorrowedSocket::borrow_raw(near.as_raw()) };
    assert_eq!(send(lent, b"2"), 1);
    let near = Rc::new(near);
    assert_eq!(send(near.clone(), b"3"), 1);
    let near = Rc::into_inner(near).expect("the only one");
    assert_eq!(near.as_socket().peer_addr(), far.local_addr());
    assert_eq!(near.as_socket().linger(), Ok(Linger::Off));
    near.as_socket()
        .shutdown(Shutdown::Write)
        .expect("shutdown");
    let mut received = Vec::new();
    (&far).read_to_end(&mut received).expect("read");
    assert_eq!(received, b"123");
    near.close().expect("it is still open");
}

#[test]
fn datagrams_go_to_an_address_and_say_where_they_are_from() {
    let _winsock = Winsock::start().expect("startup");
    let ((near, near_addr), (far, far_addr)) = (datagram(), datagram());
    let mut buffer = [0; 8];
    assert_eq!(near.send_to(b"ping", far_addr), Ok(4));
    assert_eq!(far.recv_from(&mut buffer), Ok((4, near_addr)));
    far.connect(near_addr).expect("connect");
    assert_eq!(far.send(b"pong!"), Ok(5));
    assert_eq!(near.recv(&mut buffer), Ok(5));
    assert_eq!(&buffer[..5], b"pong!");
    assert_eq!(
        near.send_to(b"more than there is room for", far_addr),
        Ok(27)
    );
    let received = far.recv(&mut buffer).map_err(|error| error.kind());
    assert_eq!(received, Err(ErrorKind::MessageTooLong));
    assert_eq!(&buffer, b"more tha");
}

/// O23: a mode is remembered, since Winsock cannot be asked.
#[test]
fn the_mode_is_known_where_it_was_set() {
    let _winsock = Winsock::start().expect("startup");
    let listener = listener();
    assert_eq!(listener.mode(), Some(Mode::Blocking));
    let client = Socket::stream(Family::V4).expect("socket");
    client
        .connect(listener.local_addr().expect("name"))
        .expect("connect");
    // Only once the connection is there: a nonblocking `accept` would not wait for it.
    assert_eq!(wait_until_readable(&listener), 1);
    listener.set_nonblocking(true).expect("FIONBIO");
    assert_eq!(listener.mode(), Some(Mode::Nonblocking));
    let (accepted, _) = listener.accept().expect("accept");
    assert_eq!(accepted.mode(), Some(Mode::Nonblocking), "inherited");
    // SAFETY: it was just given out, open.
    let unknown = unsafe { Socket::from_raw(accepted.into_raw()) };
    assert_eq!(unknown.mode(), None);
    unknown.set_nonblocking(false).expect("FIONBIO");
    assert_eq!(unknown.mode(), Some(Mode::Blocking));
}

fn wait_until_readable(socket: &Socket) -> i32 {
    let mut poll = raw::WSAPOLLFD {
        fd: socket.as_raw(),
        events: raw::POLLRDNORM,
        revents: 0,
    };
    // SAFETY: it is an array of one element.
    unsafe { raw::WSAPoll(&mut poll, 1, 10_000) }
}

/// O7, O23: the combination that makes a close fail is refused, in both orders.
#[test]
fn nonblocking_and_a_linger_timeout_are_refused_together() {
    let _winsock = Winsock::start().expect("startup");
    let timeout = Duration::from_secs(5);
    let socket = Socket::stream(Family::V4).expect("socket");
    socket.set_nonblocking(true).expect("FIONBIO");
    let refused = socket.set_linger(Linger::Timeout(timeout));
    assert_eq!(refused, Err(SetLingerError::Nonblocking));
    assert_eq!(socket.linger(), Ok(Linger::Off));
    socket.set_linger(Linger::Abort).expect("no timeout");
    socket.set_nonblocking(false).expect("FIONBIO");
    socket
        .set_linger(Linger::Timeout(timeout))
        .expect("blocking");
    let refused = socket.set_nonblocking(true);
    assert_eq!(refused, Err(SetNonblockingError::Lingers(timeout)));
    assert_eq!(socket.mode(), Some(Mode::Blocking));
    // Nothing lingers on a datagram socket.
    datagram().0.set_nonblocking(true).expect("FIONBIO");
}

/// Only what arrives is written, also of a call that fails.
#[test]
fn a_receive_leaves_the_rest_of_the_buffer_alone() {
    let _winsock = Winsock::start().expect("startup");
    let (near, far) = pair();
    assert_eq!(near.send(&[9, 9]), Ok(2));
    let mut buffer = [7; 4];
    assert_eq!(far.recv(&mut buffer), Ok(2));
    assert_eq!(buffer, [9, 9, 7, 7]);
    far.set_nonblocking(true).expect("FIONBIO");
    far.recv(&mut buffer).expect_err("nothing was sent");
    assert_eq!(buffer, [9, 9, 7, 7]);
}

/// More than the buffers on the way take: a blocking send goes on as the peer receives.
#[test]
fn a_blocking_send_takes_as_long_as_it_takes() {
    const BYTES: usize = if cfg!(miri) { 3_000 } else { 1_000_000 };
    let model = Model::new();
    model.set_send_buffer(BYTES / 10);
    model.set_receive_buffer(BYTES / 10);
    let _entered = model.enter();
    let _winsock = Winsock::start().expect("startup");
    let (mut near, mut far) = pair();
    let peer = thread::spawn(move || {
        let mut received = vec![0; BYTES];
        far.read_exact(&mut received).map(|()| received)
    });
    near.write_all(&vec![3; BYTES]).expect("write");
    let received = peer.join().expect("peer").expect("read");
    assert!(received.iter().all(|byte| *byte == 3));
}

/// There is no connection to end, and nothing lingers.
#[test]
fn a_datagram_socket_can_be_closed_in_every_way() {
    let _winsock = Winsock::start().expect("startup");
    datagram().0.shutdown(Shutdown::Write).expect("shutdown");
    datagram().0.abort().expect("abort");
    let outcome = datagram().0.close_graceful(Duration::from_millis(20));
    assert_eq!(outcome.expect("close"), Graceful::TimedOut);
}

/// A stream is a reader and a writer.
#[test]
fn a_socket_reads_and_writes() {
    let _winsock = Winsock::start().expect("startup");
    let (mut near, mut far) = pair();
    near.write_all(b"written").expect("write");
    near.flush().expect("flush");
    let mut text = [0; 7];
    far.read_exact(&mut text).expect("read");
    assert_eq!(&text, b"written");
}

#[cfg(windows)]
#[test]
fn std_types_convert() {
    use std::net::TcpStream;

    let _winsock = Winsock::start().expect("startup");
    let (near, far) = pair();
    let mut stream = TcpStream::from(near);
    stream.write_all(b"std").expect("write");
    Socket::from(stream).close().expect("close");
    let mut text = String::new();
    TcpStream::from(far)
        .read_to_string(&mut text)
        .expect("read");
    assert_eq!(text, "std");
}
