//! Operations that are dropped at random moments, under an allocator that watches what was freed: it
//! fills each block, keeps it for a while, and looks whether anybody wrote to it.
//!
//! A write to memory that was freed early would come from Winsock: on the model from a later call of
//! whichever thread, under Wine from the driver's side.
#![cfg(not(miri))]

mod common;

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::UnsafeCell;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use common::pair;
use common::random::Random;
use socket_lifecycle::model::Model;
use socket_lifecycle::overlapped::{Associated, CompletionPort, Operation, Outcome};
use socket_lifecycle::{Socket, Winsock};

const POISON: u8 = 0xDD;
/// Blocks that are kept.
const KEPT: usize = 1 << 14;
/// Larger blocks are not of interest.
const LARGEST: usize = 1 << 12;

struct Watch {
    locked: AtomicBool,
    ring: UnsafeCell<[(*mut u8, usize, usize); KEPT]>,
    next: AtomicUsize,
    damaged: AtomicUsize,
}

#[global_allocator]
static WATCH: Watch = Watch {
    locked: AtomicBool::new(false),
    ring: UnsafeCell::new([(std::ptr::null_mut(), 0, 0); KEPT]),
    next: AtomicUsize::new(0),
    damaged: AtomicUsize::new(0),
};

// SAFETY: the ring is used under the lock alone.
unsafe impl Sync for Watch {}

impl Watch {
    /// Puts a block, or nothing, in the place of the oldest, and looks at that.
    fn rotate(&self, block: (*mut u8, usize, usize)) {
        while self.locked.swap(true, Ordering::Acquire) {
            std::hint::spin_loop();
        }
        let next = self.next.fetch_add(1, Ordering::Relaxed) % KEPT;
        // SAFETY: the lock is held.
        let (oldest, size, align) =
            unsafe { std::mem::replace(&mut (*self.ring.get())[next], block) };
        self.locked.store(false, Ordering::Release);
        if oldest.is_null() {
            return;
        }
        // SAFETY: the block is still allocated, and was filled when it was put into the ring.
        let bytes = unsafe { std::slice::from_raw_parts(oldest, size) };
        if bytes.iter().any(|byte| *byte != POISON) {
            self.damaged.fetch_add(1, Ordering::Relaxed);
        }
        // SAFETY: it was allocated with this layout, and nobody has it any more.
        unsafe { System.dealloc(oldest, Layout::from_size_align_unchecked(size, align)) };
    }

    /// Looks at all blocks; how many were written to after they were freed.
    fn damaged(&self) -> usize {
        for _ in 0..KEPT {
            self.rotate((std::ptr::null_mut(), 0, 0));
        }
        self.damaged.swap(0, Ordering::Relaxed)
    }
}

// SAFETY: it is the system's allocator, which gets its blocks back later.
unsafe impl GlobalAlloc for Watch {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller keeps the same contract.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if layout.size() > LARGEST {
            // SAFETY: the caller keeps the same contract.
            return unsafe { System.dealloc(block, layout) };
        }
        // SAFETY: the block is the caller's, and given up.
        unsafe { block.write_bytes(POISON, layout.size()) };
        self.rotate((block, layout.size(), layout.align()));
    }
}

/// The watch is the process's, and so is what it has seen.
static ALONE: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

const OPERATIONS: usize = 10_000;
const THREADS: usize = 4;

/// What one thread has seen.
#[derive(Default)]
struct Seen {
    posted: usize,
    completed: usize,
    aborted: usize,
    failed: usize,
    dropped: usize,
}

/// O12: none writes after it was freed, and each is accounted for.
#[test]
fn operations_dropped_at_random_moments_leave_no_trace() {
    let _alone = alone();
    let model = Model::new();
    model.set_latency(Duration::from_millis(1));
    model.set_cancel_latency(Duration::from_millis(2));
    let _entered = model.enter();
    let _winsock = Winsock::start().expect("startup");
    let threads = Vec::from_iter((0..THREADS).map(|seed| {
        let model = model.clone();
        thread::spawn(move || {
            let _entered = model.enter();
            work(&mut Random::new(seed as u64))
        })
    }));
    let mut all = Seen::default();
    for thread in threads {
        let seen = thread.join().expect("thread");
        all.posted += seen.posted;
        all.completed += seen.completed;
        all.aborted += seen.aborted;
        all.failed += seen.failed;
        all.dropped += seen.dropped;
    }
    assert!(all.posted >= OPERATIONS);
    assert_eq!(
        all.posted,
        all.completed + all.aborted + all.failed + all.dropped
    );
    let kinds = [all.completed, all.aborted, all.dropped];
    assert!(
        kinds.iter().all(|kind| *kind > OPERATIONS / 50),
        "{kinds:?}"
    );
    assert_eq!(WATCH.damaged(), 0);
    #[cfg(not(windows))]
    assert_eq!((model.pending_operations(), model.open_handles()), (0, 0));
}

fn work(random: &mut Random) -> Seen {
    let mut seen = Seen::default();
    while seen.posted < OPERATIONS / THREADS {
        let port = CompletionPort::new().expect("port");
        let (near, far) = pair();
        let near = Arc::new(near);
        let far = port.associate(Arc::new(far), 1).expect("associate");
        let mut operations = Vec::new();
        for _ in 0..random.below(60) {
            match random.below(8) {
                0..4 => {
                    seen.posted += 1;
                    operations.push(receive(&far, random));
                }
                4 | 5 => {
                    seen.posted += 1;
                    let send = Operation::send(near.clone(), vec![7; random.below(200) + 1]);
                    operations.push(send.expect("WSASend"));
                }
                6 => drop(port.wait(Some(Duration::ZERO)).expect("wait")),
                _ if operations.is_empty() => {}
                _ => {
                    let operation = operations.swap_remove(random.below(operations.len()));
                    end(operation, random, &mut seen);
                }
            }
        }
        // The port may go before the operations, or after.
        if random.below(2) == 0 {
            drop(port);
        }
        while !operations.is_empty() {
            let operation = operations.swap_remove(random.below(operations.len()));
            end(operation, random, &mut seen);
        }
    }
    seen
}

fn receive(far: &Associated<Arc<Socket>>, random: &mut Random) -> Operation<Vec<u8>> {
    let buffer = vec![0; random.below(200) + 1];
    match random.below(2) {
        0 => far.receive(buffer),
        _ => Operation::receive(far.socket().clone(), buffer),
    }
    .expect("WSARecv")
}

fn end(operation: Operation<Vec<u8>>, random: &mut Random, seen: &mut Seen) {
    let operation = match random.below(4) {
        0 => {
            seen.dropped += 1;
            return drop(operation);
        }
        1 => {
            operation.cancel().expect("CancelIoEx");
            Ok(operation.wait())
        }
        2 => operation.wait_timeout(Duration::from_millis(1)),
        _ => operation.try_finish(),
    };
    let Ok(completion) = operation else {
        seen.dropped += 1;
        return;
    };
    match completion.outcome {
        Outcome::Completed(bytes) => {
            seen.completed += 1;
            let of_send = completion.buffer.iter().all(|byte| *byte == 7);
            assert!(of_send || completion.buffer[..bytes].iter().all(|byte| *byte == 7));
        }
        Outcome::Aborted => seen.aborted += 1,
        Outcome::Failed(_) => seen.failed += 1,
    }
}

/// The watch is good for something: code that frees early is caught. The block is not really freed, so
/// that this is no worse than a write to memory of the allocator's own.
#[cfg(not(windows))]
#[test]
fn an_operation_that_is_freed_early_is_noticed() {
    use socket_lifecycle::raw::{self, OVERLAPPED, WSABUF};

    let _alone = alone();
    let model = Model::new();
    let _entered = model.enter();
    let _winsock = Winsock::start().expect("startup");
    let (_near, far) = pair();
    let mut overlapped = Box::new(OVERLAPPED::default());
    let mut data = [0; 4];
    let buffer = WSABUF {
        len: 4,
        buf: data.as_mut_ptr(),
    };
    let (mut flags, none) = (0, std::ptr::null_mut());
    // SAFETY: broken on purpose, see above: the structure goes before its operation has completed.
    unsafe {
        raw::WSARecv(
            far.as_raw(),
            &buffer,
            1,
            none,
            &mut flags,
            &mut *overlapped,
            None,
        )
    };
    far.close().expect("close");
    drop(overlapped);
    assert_eq!(model.pending_operations(), 1);
    model.advance(Duration::from_secs(1));
    assert_eq!(model.pending_operations(), 0);
    assert_ne!(WATCH.damaged(), 0);
}
