//! Each push may move the operations that were started before it.

use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSAGetOverlappedResult, WSASend};
use windows_sys::Win32::System::IO::OVERLAPPED;

static TICK: [u8; 4] = *b"tick";

struct Tick {
    s: SOCKET,
    overlapped: OVERLAPPED,
    pending: bool,
}

pub fn tick_all(sockets: &[SOCKET]) -> usize {
    let mut sends: Vec<Tick> = Vec::new();
    for &s in sockets {
        sends.push(Tick { s, overlapped: OVERLAPPED::default(), pending: false });
        let send = sends.last_mut().unwrap();
        let data = WSABUF { len: 4, buf: TICK.as_ptr().cast_mut() };
        let r = unsafe { WSASend(send.s, &data, 1, null_mut(), 0, &mut send.overlapped, None) }; //~ overlapped_freed_early
        send.pending = r == 0 || unsafe { WSAGetLastError() } == WSA_IO_PENDING;
    }
    let mut sent = 0;
    for send in sends.iter().filter(|send| send.pending) {
        let (mut n, mut flags) = (0, 0);
        sent += unsafe { WSAGetOverlappedResult(send.s, &send.overlapped, &mut n, 1, &mut flags) } as usize;
    }
    sent
}
