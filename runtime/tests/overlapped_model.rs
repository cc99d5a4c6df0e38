//! What only the model can be asked about overlapped operations: when exactly they complete, and what
//! happens if a call fails.
#![cfg(not(windows))]

mod common;

use std::sync::Arc;
use std::time::Duration;

use common::pair;
use socket_lifecycle::model::{Call, Model};
use socket_lifecycle::overlapped::{CompletionPort, Operation, Outcome};
use socket_lifecycle::raw::{OVERLAPPED, WSABUF};
use socket_lifecycle::{ErrorKind, Socket, Winsock, raw};

const LATENCY: Duration = Duration::from_secs(3);

fn shared_pair() -> (Arc<Socket>, Arc<Socket>) {
    let (near, far) = pair();
    (Arc::new(near), Arc::new(far))
}

/// The status that an operation has while it is pending.
const STATUS_PENDING: usize = 0x103;
/// And the one of an operation that was cancelled.
const STATUS_CANCELLED: usize = 0xC000_0120;

/// O11, O12: `closesocket` returns while the operation is still pending. Afterwards it completes, and its
/// event is signaled.
#[test]
fn a_close_only_initiates_the_cancellation() {
    let model = Model::new();
    let _entered = model.enter();
    let _winsock = Winsock::start().expect("startup");
    model.set_cancel_latency(LATENCY);
    let (_near, far) = pair();
    let far = far.into_raw();
    // SAFETY: it takes no pointer.
    let event = unsafe { raw::WSACreateEvent() };
    let mut data = [0_u8; 16];
    let mut overlapped = OVERLAPPED {
        hEvent: std::ptr::without_provenance_mut(event.cast_unsigned()),
        ..OVERLAPPED::default()
    };
    let overlapped = &raw mut overlapped;
    let buffer = WSABUF {
        len: 16,
        buf: data.as_mut_ptr(),
    };
    let mut flags = 0;
    // SAFETY: all of it lives to the end of this function, after the operation has completed.
    unsafe {
        let none = std::ptr::null_mut();
        let posted = raw::WSARecv(far, &buffer, 1, none, &mut flags, overlapped, None);
        assert_eq!(
            (posted, raw::WSAGetLastError()),
            (-1, ErrorKind::Pending.code())
        );
        assert_eq!(raw::closesocket(far), 0);
        assert_eq!((*overlapped).Internal, STATUS_PENDING);
        assert_eq!(model.pending_operations(), 1);
        let handle = (*overlapped).hEvent;
        assert_eq!(
            raw::WSAWaitForMultipleEvents(1, &handle, 0, 0, 0),
            258,
            "WAIT_TIMEOUT"
        );
        assert_eq!((*overlapped).Internal, STATUS_PENDING);
        assert_eq!(
            raw::WSAWaitForMultipleEvents(1, &handle, 0, raw::INFINITE, 0),
            0
        );
        assert_eq!((*overlapped).Internal, STATUS_CANCELLED);
        assert_eq!(model.now(), LATENCY);
        assert_eq!(model.pending_operations(), 0);
        assert_ne!(raw::WSACloseEvent(event), 0);
    }
}

/// O12: dropping waits for as long as the cancellation takes.
#[test]
fn a_drop_waits_for_the_completion() {
    let model = Model::new();
    let _entered = model.enter();
    let _winsock = Winsock::start().expect("startup");
    model.set_cancel_latency(LATENCY);
    let (_near, far) = shared_pair();
    let receive = Operation::receive(far, vec![0; 16]).expect("WSARecv");
    assert_eq!(model.pending_operations(), 1);
    drop(receive);
    assert_eq!(model.pending_operations(), 0);
    assert_eq!(model.now(), LATENCY);
}

/// O12: several that were cancelled first end together.
#[test]
fn cancelled_operations_end_together() {
    let model = Model::new();
    let _entered = model.enter();
    let _winsock = Winsock::start().expect("startup");
    model.set_cancel_latency(LATENCY);
    let (_near, far) = shared_pair();
    let receives = [(); 8].map(|()| Operation::receive(far.clone(), vec![0; 16]).expect("WSARecv"));
    for receive in &receives {
        receive.cancel().expect("CancelIoEx");
    }
    drop(receives);
    assert_eq!(model.now(), LATENCY);
}

/// O2, O12: what is pending at the last `WSACleanup` is aborted, and can be waited for without Winsock.
#[test]
fn an_operation_outlives_winsock() {
    let model = Model::new();
    let _entered = model.enter();
    let winsock = Winsock::start().expect("startup");
    let (near, far) = shared_pair();
    let [kept, dropped] =
        [(); 2].map(|()| Operation::receive(far.clone(), [0; 4]).expect("WSARecv"));
    // Not this crate's token, which waits for the sockets: a call elsewhere, one too many.
    model.cleanup().expect("cleanup");
    drop(dropped);
    assert_eq!(kept.wait().outcome, Outcome::Aborted);
    assert_eq!((model.pending_operations(), model.open_handles()), (0, 0));
    drop((near, far, winsock));
}

/// O1: every call that an operation makes may fail, and nothing is lost.
#[test]
fn a_call_that_fails_leaves_nothing_behind() {
    let model = Model::new();
    let _entered = model.enter();
    let _winsock = Winsock::start().expect("startup");
    let port = CompletionPort::new().expect("port");
    let (near, far) = shared_pair();
    let near = port.associate(near, 1).expect("associate");
    let handles = model.open_handles();
    for (call, name) in [
        (Call::CreateEvent, "CreateEventW"),
        (Call::SendOverlapped, "WSASend"),
    ] {
        model.fail_next(call, ErrorKind::NoBuffers);
        let error = near.send(vec![7; 3]).map(drop).expect_err("injected");
        assert_eq!(
            (error.kind(), error.error().call()),
            (ErrorKind::NoBuffers, name)
        );
        assert_eq!(error.into_parts().0, [7; 3]);
        assert_eq!(model.open_handles(), handles);
    }
    model.fail_next(Call::ReceiveOverlapped, ErrorKind::NetworkDown);
    let error = Operation::receive(far.clone(), [0; 4])
        .map(drop)
        .expect_err("injected");
    assert_eq!(error.kind(), ErrorKind::NetworkDown);

    // A cancel that fails is said; the operation goes on.
    let receive = Operation::receive(far, [0; 4]).expect("WSARecv");
    model.fail_next(Call::Cancel, ErrorKind::NetworkDown);
    assert_eq!(
        receive.cancel().map_err(|error| error.kind()),
        Err(ErrorKind::NetworkDown)
    );
    assert_eq!(
        near.send(vec![7; 3]).expect("WSASend").wait().outcome,
        Outcome::Completed(3)
    );
    assert_eq!(receive.wait().outcome, Outcome::Completed(3));
}

/// A send that waits for room goes on whenever there is some.
#[test]
fn a_large_send_goes_on_by_itself() {
    let model = Model::new();
    let _entered = model.enter();
    let _winsock = Winsock::start().expect("startup");
    model.set_send_buffer(100);
    let (near, _far) = shared_pair();
    let send = Operation::send(near.clone(), vec![1; 5_000]).expect("WSASend");
    assert_eq!(send.wait().outcome, Outcome::Completed(5_000));
    model.set_receive_buffer(5_050);
    let send = Operation::send(near, vec![1; 200]).expect("WSASend");
    let send = send
        .wait_timeout(LATENCY)
        .expect_err("the peer has no room");
    model.set_receive_buffer(10_000);
    assert_eq!(send.wait().outcome, Outcome::Completed(200));
}

/// O12: memory that cannot be waited for is never freed; this one's event is not signaled as far as
/// anybody can tell.
#[test]
#[cfg_attr(miri, ignore = "leaks on purpose, which Miri reports")]
fn a_wait_that_fails_frees_nothing() {
    use std::sync::atomic::{AtomicBool, Ordering};

    static FREED: AtomicBool = AtomicBool::new(false);

    struct Buffer([u8; 4]);

    impl Drop for Buffer {
        fn drop(&mut self) {
            FREED.store(true, Ordering::SeqCst);
        }
    }

    // SAFETY: the bytes are the value's own.
    unsafe impl socket_lifecycle::overlapped::ReceiveBuffer for Buffer {
        fn bytes_mut(&mut self) -> &mut [u8] {
            &mut self.0
        }
    }

    let model = Model::new();
    let _entered = model.enter();
    let _winsock = Winsock::start().expect("startup");
    let (_near, far) = shared_pair();
    let receive = Operation::receive(far.clone(), Buffer([0; 4])).expect("WSARecv");
    model.fail_next(Call::Wait, ErrorKind::NetworkDown);
    drop(receive);
    assert!(!FREED.load(Ordering::SeqCst));
    drop(Operation::receive(far, Buffer([0; 4])).expect("WSARecv"));
    assert!(FREED.load(Ordering::SeqCst));
}
