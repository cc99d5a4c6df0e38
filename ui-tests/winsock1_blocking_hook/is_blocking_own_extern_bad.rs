//! Own bindings; a scheduler asks WSAIsBlocking whether the thread is inside a blocking call.

use std::cell::Cell;
use std::io;

mod sys {
    #[link(name = "ws2_32")]
    unsafe extern "system" {
        pub fn recv(s: usize, buf: *mut u8, len: i32, flags: i32) -> i32;
        pub fn WSAIsBlocking() -> i32;
    }
}

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

pub struct Scheduler {
    queue: Vec<Box<dyn FnOnce()>>,
}

impl Scheduler {
    pub fn new() -> Scheduler {
        Scheduler { queue: Vec::new() }
    }

    pub fn defer(&mut self, job: Box<dyn FnOnce()>) {
        self.queue.push(job);
    }

    fn busy(&self) -> bool {
        unsafe { sys::WSAIsBlocking() != 0 } //~ winsock1_blocking_hook
    }

    pub fn run(&mut self) -> usize {
        if self.busy() {
            return 0;
        }
        let jobs = std::mem::take(&mut self.queue);
        jobs.into_iter().map(|job| job()).count()
    }
}

/// A receive on the caller's socket that counts itself.
pub fn receive(s: usize, buf: &mut [u8]) -> io::Result<usize> {
    DEPTH.with(|d| d.set(d.get() + 1));
    let n = unsafe { sys::recv(s, buf.as_mut_ptr(), buf.len() as i32, 0) };
    let result = if n < 0 { Err(io::Error::last_os_error()) } else { Ok(n as usize) };
    DEPTH.with(|d| d.set(d.get() - 1));
    result
}
