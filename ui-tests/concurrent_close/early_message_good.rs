//! The worker reports through a channel after its last send, and only then the receiver of the report closes.

use std::io;
use std::sync::mpsc;
use std::thread;
use windows_sys::Win32::Networking::WinSock::*;

#[derive(Debug, Default)]
pub struct Stats {
    pub bytes: u64,
    pub frames: u32,
}

fn write_all(s: SOCKET, mut data: &[u8]) -> io::Result<()> {
    while !data.is_empty() {
        match unsafe { send(s, data.as_ptr(), data.len() as i32, 0) } {
            SOCKET_ERROR => return Err(io::Error::last_os_error()),
            n => data = &data[n as usize..],
        }
    }
    Ok(())
}

/// Takes over a connected socket, streams the frames, and closes it.
pub fn stream_out(s: SOCKET, frames: Vec<Vec<u8>>) -> Option<Stats> {
    let (done, report) = mpsc::channel();
    thread::spawn(move || {
        let mut stats = Stats::default();
        for frame in &frames {
            if write_all(s, frame).is_err() {
                break;
            }
            stats.bytes += frame.len() as u64;
            stats.frames += 1;
        }
        write_all(s, b"\0END").ok();
        done.send(stats).ok();
    });
    let stats = report.recv().ok();
    unsafe { closesocket(s) };
    stats
}
