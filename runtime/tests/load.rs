//! Many sockets: descriptors come back, whoever closes them.

mod common;

use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;

use common::pair;
use common::random::Random;
use socket_lifecycle::model::Model;
#[cfg(windows)]
use socket_lifecycle::raw;
use socket_lifecycle::{Family, Socket, Winsock, track};

/// On Windows the descriptors are the process's.
static ALONE: Mutex<()> = Mutex::new(());

/// Miri takes its time.
const MANY: usize = if cfg!(miri) {
    300
} else if cfg!(windows) {
    100_000
} else {
    1_000_000
};

/// How many sockets are open. Windows can be asked for the number of a process's handles, but Wine 8
/// always gives the same; so every number that a handle may have is tried.
#[cfg(windows)]
fn open_descriptors() -> usize {
    let is_socket = |number: &usize| {
        let (mut kind, mut len) = (0_i32, 4);
        let value = (&raw mut kind).cast();
        // SAFETY: the value is writable for its length.
        let result =
            unsafe { raw::getsockopt(*number, raw::SOL_SOCKET, raw::SO_TYPE, value, &mut len) };
        result == 0
    };
    (4..1 << 14).step_by(4).filter(is_socket).count()
}

#[cfg(not(windows))]
fn open_descriptors() -> usize {
    Model::current().open_descriptors()
}

/// O8, O13. One after the other, some by `close` and some by dropping.
#[test]
fn as_many_descriptors_are_open_after_many_sockets_as_before() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let model = Model::new();
    let _entered = model.enter();
    let _winsock = Winsock::start().expect("startup");
    let before = open_descriptors();
    let held = Socket::stream(Family::V4).expect("socket");
    assert_eq!(open_descriptors(), before + 1, "the count counts");
    drop(held);
    let mut highest = 0;
    for number in 0..MANY {
        let socket = match number % 3 {
            0 => Socket::datagram(Family::V4),
            _ => Socket::stream(Family::V4),
        };
        let socket = socket.expect("socket");
        highest = highest.max(socket.as_raw());
        if number % 2 == 0 {
            socket.close().expect("close");
        }
    }
    assert_eq!(open_descriptors(), before);
    // The next socket gets a number that was there.
    assert!(Socket::stream(Family::V4).expect("socket").as_raw() <= highest);
}

/// O10, O13: opened by one thread, used and closed by eight others.
#[test]
fn sockets_may_be_closed_by_other_threads() {
    const THREADS: usize = 8;
    const EACH: usize = if cfg!(miri) {
        4
    } else if cfg!(windows) {
        200
    } else {
        2_000
    };
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let model = Model::new();
    let _entered = model.enter();
    let _winsock = Winsock::start().expect("startup");
    drop(pair());
    let before = track::ENABLED.then(track::checkpoint);
    let (senders, threads): (Vec<_>, Vec<_>) = (0..THREADS)
        .map(|thread| {
            let (sender, receiver) = mpsc::sync_channel::<Socket>(16);
            let model = model.clone();
            let work = move || {
                let _entered = model.enter();
                let mut random = Random::new(thread as u64);
                for socket in receiver {
                    match random.below(3) {
                        0 => socket.close().expect("close"),
                        1 => socket.abort().expect("abort"),
                        _ => drop(socket),
                    }
                }
            };
            (sender, thread::spawn(work))
        })
        .collect();
    for number in 0..EACH * THREADS / 2 {
        let (near, far) = pair();
        near.send(b"queued").expect("send");
        senders[number % THREADS].send(near).expect("thread");
        senders[(number + 1) % THREADS].send(far).expect("thread");
    }
    drop(senders);
    for thread in threads {
        thread.join().expect("thread");
    }
    if let Some(before) = before {
        assert!(before.report().is_clean(), "{}", before.report());
    }
    #[cfg(not(windows))]
    assert_eq!(model.open_descriptors(), 0);
}
