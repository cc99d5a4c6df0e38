//! What holds on Ws2_32 and on the model alike: on Windows, or under Wine, these are real sockets.

use std::net::Shutdown;
use std::time::Duration;

use socket_lifecycle::{ErrorKind, Family, Linger, SetLingerError, Socket, Winsock, raw};

fn listener() -> Socket {
    let listener = Socket::stream(Family::V4).expect("socket");
    listener.bind(([127, 0, 0, 1], 0).into()).expect("bind");
    listener.listen(4).expect("listen");
    listener
}

fn pair() -> (Socket, Socket) {
    let listener = listener();
    let near = Socket::stream(Family::V4).expect("socket");
    near.connect(listener.local_addr().expect("name"))
        .expect("connect");
    let (far, addr) = listener.accept().expect("accept");
    assert_eq!(near.local_addr(), Ok(addr));
    assert_eq!(near.peer_addr(), far.local_addr());
    (near, far)
}

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
    let ended = cfg!(windows) && received == Ok(0);
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

#[cfg(windows)]
#[test]
fn std_types_convert() {
    use std::io::{Read, Write};
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
