//! Overlapped operations, on Ws2_32 and on the model alike.

mod common;

use std::sync::Arc;
use std::time::Duration;

use common::{datagram, on_wine, pair};
use socket_lifecycle::model::Model;
use socket_lifecycle::overlapped::{CompletionPort, Operation, Outcome, ReceiveBuffer};
use socket_lifecycle::{BorrowedSocket, ErrorKind, Family, Socket, Winsock, raw};

const LONG: Option<Duration> = Some(Duration::from_secs(60));

fn shared_pair() -> (Arc<Socket>, Arc<Socket>) {
    let (near, far) = pair();
    (Arc::new(near), Arc::new(far))
}

#[test]
fn what_is_sent_is_received() {
    let _winsock = Winsock::start().expect("startup");
    let (near, far) = shared_pair();
    let receive = Operation::receive(far, [0; 16]).expect("WSARecv");
    assert!(!receive.is_complete());
    let receive = receive.try_finish().expect_err("nothing was sent");
    let sent = Operation::send(near, b"data").expect("WSASend").wait();
    assert_eq!(sent.outcome, Outcome::Completed(4));
    assert_eq!(sent.buffer, b"data");
    let received = receive.wait();
    assert_eq!(received.outcome, Outcome::Completed(4));
    assert_eq!(&received.buffer[..4], b"data");
    assert_eq!(received.from, None);
    assert_eq!(received.outcome.result(), Ok(4));
}

/// Several wait in their order.
#[test]
fn receives_complete_in_the_order_of_their_calls() {
    let _winsock = Winsock::start().expect("startup");
    let (near, far) = shared_pair();
    let receives = [(); 4].map(|()| Operation::receive(far.clone(), vec![0; 2]).expect("WSARecv"));
    assert_eq!(near.send(b"00112233"), Ok(8));
    for (index, receive) in receives.into_iter().enumerate() {
        let received = receive.wait();
        assert_eq!(received.outcome, Outcome::Completed(2));
        assert_eq!(received.buffer, index.to_string().repeat(2).as_bytes());
    }
}

/// A large send is read from the buffer until all of it is taken.
#[test]
fn a_send_that_does_not_fit_completes_when_there_is_room() {
    let model = Model::new();
    model.set_send_buffer(1_000);
    model.set_receive_buffer(1_000);
    let _entered = model.enter();
    let _winsock = Winsock::start().expect("startup");
    let (near, far) = shared_pair();
    // More than all the buffers on the way.
    let bytes = if cfg!(windows) { 4_000_000_u32 } else { 20_000 };
    let data = Vec::from_iter((0..bytes).map(|byte| byte as u8));
    let send = Operation::send(near.clone(), data.clone()).expect("WSASend");
    let mut received = Vec::new();
    let mut buffer = vec![0; 65536];
    while received.len() < data.len() {
        let len = far.recv(&mut buffer).expect("recv");
        assert_ne!(len, 0);
        received.extend_from_slice(&buffer[..len]);
    }
    assert!(received == data);
    assert_eq!(send.wait().outcome, Outcome::Completed(data.len()));
}

#[test]
fn datagrams_say_where_they_are_from() {
    let _winsock = Winsock::start().expect("startup");
    let ((near, near_addr), (far, far_addr)) = (datagram(), datagram());
    let (near, far) = (Arc::new(near), Arc::new(far));
    let receive = Operation::receive_from(far.clone(), vec![0; 16]).expect("WSARecvFrom");
    let send = Operation::send_to(near.clone(), String::from("ping"), far_addr).expect("WSASendTo");
    assert_eq!(send.wait().outcome, Outcome::Completed(4));
    let received = receive.wait();
    assert_eq!(received.outcome, Outcome::Completed(4));
    assert_eq!(received.from, Some(near_addr));
    assert_eq!(&received.buffer[..4], b"ping");
}

#[test]
fn a_datagram_that_does_not_fit_is_a_failure() {
    let _winsock = Winsock::start().expect("startup");
    let ((near, _), (far, far_addr)) = (datagram(), datagram());
    let receive = Operation::receive_from(Arc::new(far), [0; 2]).expect("WSARecvFrom");
    assert_eq!(near.send_to(b"four", far_addr), Ok(4));
    let received = receive.wait();
    let Outcome::Failed(error) = received.outcome else {
        panic!("{:?}", received.outcome);
    };
    assert_eq!(error.kind(), ErrorKind::MessageTooLong);
}

/// O11, O12: it is cancelled, and its buffer comes back afterwards.
#[test]
fn a_cancelled_operation_is_aborted() {
    let _winsock = Winsock::start().expect("startup");
    let (near, far) = shared_pair();
    let receives =
        [(); 3].map(|()| Operation::receive(far.clone(), vec![1, 2, 3]).expect("WSARecv"));
    let [first, second, third] = &receives;
    for receive in [third, first] {
        receive.cancel().expect("CancelIoEx");
    }
    assert!(!second.is_complete());
    let [first, second, third] = receives;
    for receive in [first, third] {
        let received = receive.wait();
        assert_eq!(received.outcome, Outcome::Aborted);
        assert_eq!(received.buffer, [1, 2, 3]);
        let error = received.outcome.result().expect_err("aborted");
        assert_eq!(error.kind(), ErrorKind::Aborted);
    }
    assert_eq!(near.send(b"abc"), Ok(3));
    let received = second.wait();
    assert_eq!(
        (received.outcome, &received.buffer[..]),
        (Outcome::Completed(3), &b"abc"[..])
    );
}

/// O12: dropping cancels and waits, and the socket goes on.
#[test]
fn a_dropped_operation_is_over() {
    let _winsock = Winsock::start().expect("startup");
    let (near, far) = shared_pair();
    drop(Operation::receive(far.clone(), vec![0; 16]).expect("WSARecv"));
    assert_eq!(near.send(b"still there"), Ok(11));
    let mut buffer = [0; 16];
    assert_eq!(far.recv(&mut buffer), Ok(11));
    let far = Arc::into_inner(far).expect("the operation gave it back");
    far.close().expect("close");
}

/// O11: what a close aborts says so. Only a descriptor that is closed behind its lender can show it.
#[test]
fn a_close_aborts_what_is_pending() {
    let _winsock = Winsock::start().expect("startup");
    let (_near, far) = pair();
    let far = far.into_raw();
    // SAFETY: the operation is told that the socket stays open, which is the lie of this test: nothing
    // but its completion is asked for after the close.
    let lent = unsafe { BorrowedSocket::borrow_raw(far) };
    let receive = Operation::receive(lent, vec![0; 16]).expect("WSARecv");
    // SAFETY: it takes no pointer.
    assert_eq!(unsafe { raw::closesocket(far) }, 0);
    assert_eq!(receive.wait().outcome, Outcome::Aborted);
}

/// O1: what cannot be started gives back what it was given. Wine 8 says `WSAECONNRESET` of a socket that
/// was never connected.
#[test]
fn an_operation_that_is_refused_gives_its_buffer_back() {
    let _winsock = Winsock::start().expect("startup");
    let socket = Socket::stream(Family::V4).expect("socket");
    let error = Operation::send(&socket, vec![1, 2])
        .map(drop)
        .expect_err("no connection");
    let wine = on_wine() && error.kind() == ErrorKind::ConnectionReset;
    assert!(wine || error.kind() == ErrorKind::NotConnected, "{error}");
    assert_eq!(error.error().call(), "WSASend");
    assert!(error.to_string().starts_with("WSASend: "), "{error}");
    let (buffer, lent) = error.into_parts();
    assert_eq!((buffer, lent.as_raw()), (vec![1, 2], socket.as_raw()));
}

/// O21: a failure that shows later is in the completion. Wine 8 lets the operation end in order, as if the
/// peer had finished.
#[test]
fn a_reset_fails_what_is_pending() {
    let _winsock = Winsock::start().expect("startup");
    let (near, far) = shared_pair();
    let receive = Operation::receive(far, vec![0; 16]).expect("WSARecv");
    Arc::into_inner(near)
        .expect("alone")
        .abort()
        .expect("abort");
    match receive.wait().outcome {
        Outcome::Failed(error) => assert_eq!(error.kind(), ErrorKind::ConnectionReset),
        outcome => assert!(on_wine() && outcome == Outcome::Completed(0), "{outcome:?}"),
    }
}

#[test]
fn a_wait_may_end_before_the_operation() {
    let _winsock = Winsock::start().expect("startup");
    let (near, far) = shared_pair();
    let receive = Operation::receive(far, vec![0; 16]).expect("WSARecv");
    let receive = receive
        .wait_timeout(Duration::from_millis(20))
        .expect_err("nothing was sent");
    assert!(format!("{receive:?}").contains("complete: false"));
    assert_eq!(near.send(b"now"), Ok(3));
    let received = receive
        .wait_timeout(Duration::from_secs(60))
        .expect("it was sent");
    assert_eq!(received.outcome, Outcome::Completed(3));
}

#[test]
fn every_kind_of_buffer_is_sent_and_received() {
    let _winsock = Winsock::start().expect("startup");
    let (near, far) = shared_pair();
    let mut expected = 0;
    macro_rules! send {
        ($($buffer:expr),* $(,)?) => {$(
            let sent = Operation::send(near.clone(), $buffer).expect("WSASend").wait();
            assert_eq!(sent.outcome, Outcome::Completed(2));
            expected += 2;
        )*};
    }
    send!(
        vec![1_u8, 2],
        vec![1_u8, 2].into_boxed_slice(),
        String::from("12"),
        Box::<str>::from("12"),
        Arc::<[u8]>::from([1, 2]),
        Arc::<str>::from("12"),
        &b"12"[..],
        "12",
        [1_u8, 2],
        Box::new([1_u8, 2]),
        b"12",
    );
    macro_rules! receive {
        ($($buffer:expr),* $(,)?) => {$(
            let received = Operation::receive(far.clone(), $buffer).expect("WSARecv").wait();
            assert_eq!(received.outcome, Outcome::Completed(2));
            expected -= 2;
        )*};
    }
    receive!(
        vec![0_u8; 2],
        vec![0_u8; 2].into_boxed_slice(),
        [0_u8; 2],
        Box::new([0_u8; 2]),
    );
    let mut rest = vec![0; 64];
    assert_eq!(far.recv(&mut rest), Ok(expected));
}

/// A buffer is not this crate's code.
#[test]
fn a_buffer_that_panics_leaves_nothing_pending() {
    struct Panics;

    // SAFETY: it has no bytes.
    unsafe impl ReceiveBuffer for Panics {
        fn bytes_mut(&mut self) -> &mut [u8] {
            panic!("on purpose")
        }
    }

    let _winsock = Winsock::start().expect("startup");
    let (near, far) = shared_pair();
    let port = CompletionPort::new().expect("port");
    let far = port.associate(far, 1).expect("associate");
    let panicked = std::panic::catch_unwind(|| drop(far.receive(Panics)));
    panicked.expect_err("it panics");
    assert_eq!(near.send(b"data"), Ok(4));
    assert_eq!(far.socket().recv(&mut [0; 8]), Ok(4));
}

/// From whatever thread.
#[test]
fn an_operation_may_be_finished_by_another_thread() {
    let _winsock = Winsock::start().expect("startup");
    let (near, far) = shared_pair();
    let receive = Operation::receive(far, vec![0; 16]).expect("WSARecv");
    let other = std::thread::spawn(move || receive.wait().outcome);
    assert_eq!(near.send(b"there"), Ok(5));
    assert_eq!(other.join().expect("thread"), Outcome::Completed(5));
}

#[test]
fn a_port_names_the_operations_that_have_completed() {
    let _winsock = Winsock::start().expect("startup");
    let port = CompletionPort::new().expect("port");
    let (near, far) = shared_pair();
    let near = port.associate(near, 1).expect("associate");
    let far = port.associate(far, 2).expect("associate");
    let receive = far.receive(vec![0; 16]).expect("WSARecv");
    let nothing = port.wait(Some(Duration::from_millis(20)));
    assert_eq!(nothing, Ok(None));
    let send = near.send("packet").expect("WSASend");
    let mut packets = Vec::new();
    for _ in 0..2 {
        let packet = port.wait(LONG).expect("wait").expect("a packet");
        packets.push((packet.key, packet.operation));
    }
    packets.sort();
    assert_eq!(packets, [(1, Some(send.id())), (2, Some(receive.id()))]);
    assert_eq!(send.wait().outcome, Outcome::Completed(6));
    assert_eq!(receive.wait().outcome, Outcome::Completed(6));
    let again = port.associate(near.socket().clone(), 3).expect_err("once");
    assert_eq!(again.into_socket().as_raw(), near.socket().as_raw());
}

/// A packet whose operation is gone names nobody, and no later operation is taken for it.
#[test]
fn a_late_packet_is_not_taken_for_another_operation() {
    let _winsock = Winsock::start().expect("startup");
    let port = CompletionPort::new().expect("port");
    let (near, far) = shared_pair();
    let far = port.associate(far, 2).expect("associate");
    for _ in 0..50 {
        drop(far.receive(vec![0; 16]).expect("WSARecv"));
    }
    let finished = far.receive(vec![0; 1]).expect("WSARecv");
    assert_eq!(near.send(b"ab"), Ok(2));
    assert_eq!(finished.wait().outcome, Outcome::Completed(1));
    let receive = far.receive(vec![0; 1]).expect("WSARecv");
    let packet = port.wait(LONG).expect("wait").expect("a packet");
    assert_eq!(packet.operation, Some(receive.id()));
    assert_eq!(port.wait(Some(Duration::ZERO)), Ok(None));
}

/// An operation that was not posted through the port does not report there.
#[test]
fn an_operation_with_an_event_alone_queues_no_packet() {
    let _winsock = Winsock::start().expect("startup");
    let port = CompletionPort::new().expect("port");
    let (near, far) = shared_pair();
    let far = port.associate(far, 2).expect("associate");
    let receive = Operation::receive(far.socket().clone(), vec![0; 16]).expect("WSARecv");
    assert_eq!(near.send(b"data"), Ok(4));
    assert_eq!(receive.wait().outcome, Outcome::Completed(4));
    assert_eq!(port.wait(Some(Duration::from_millis(20))), Ok(None));
}

#[test]
fn a_posted_packet_wakes_who_waits() {
    let _winsock = Winsock::start().expect("startup");
    let port = CompletionPort::new().expect("port");
    let waiting = port.clone();
    let thread = std::thread::spawn(move || waiting.wait(LONG));
    port.post(9).expect("post");
    let packet = thread
        .join()
        .expect("thread")
        .expect("wait")
        .expect("a packet");
    assert_eq!((packet.key, packet.operation), (9, None));
}

/// O11: an operation that was aborted reports to the port, too.
#[test]
fn an_aborted_operation_reports_to_its_port() {
    let _winsock = Winsock::start().expect("startup");
    let port = CompletionPort::new().expect("port");
    let (_near, far) = shared_pair();
    let far = port.associate(far, 2).expect("associate");
    let receive = far.receive(vec![0; 16]).expect("WSARecv");
    receive.cancel().expect("CancelIoEx");
    let packet = port.wait(LONG).expect("wait").expect("a packet");
    assert_eq!(packet.operation, Some(receive.id()));
    assert!(receive.is_complete());
    assert_eq!(receive.wait().outcome, Outcome::Aborted);
}

/// O29: nothing of the application's runs inside a wait of this crate, so no blocking call can be made from
/// there.
#[cfg(windows)]
#[test]
fn no_asynchronous_procedure_runs_in_a_wait() {
    use std::cell::Cell;

    use windows_sys::Win32::System::Threading::{GetCurrentThread, QueueUserAPC, SleepEx};

    thread_local! {
        static RAN: Cell<bool> = const { Cell::new(false) };
    }

    unsafe extern "system" fn procedure(_: usize) {
        RAN.set(true);
    }

    let _winsock = Winsock::start().expect("startup");
    let port = CompletionPort::new().expect("port");
    let (_near, far) = shared_pair();
    // SAFETY: the procedure takes what it is given.
    let queued = unsafe { QueueUserAPC(Some(procedure), GetCurrentThread(), 0) };
    assert_ne!(queued, 0);
    let receive = Operation::receive(far.clone(), [0; 4]).expect("WSARecv");
    let receive = receive
        .wait_timeout(Duration::from_millis(20))
        .expect_err("nothing was sent");
    assert_eq!(port.wait(Some(Duration::from_millis(20))), Ok(None));
    drop(receive);
    assert!(!RAN.get());
    // SAFETY: it takes no pointer.
    unsafe { SleepEx(0, 1) };
    assert!(RAN.get(), "it was only waiting for an alertable wait");
}
