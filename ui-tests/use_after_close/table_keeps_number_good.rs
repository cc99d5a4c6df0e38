//! The closed client is skipped by the broadcast.

use windows_sys::Win32::Networking::WinSock::{closesocket, send, SOCKET};

pub unsafe fn kick(first: SOCKET, rest: &[SOCKET], kick_first: bool, note: &[u8]) -> usize {
    if kick_first {
        closesocket(first);
    }
    let mut reached = 0;
    if !kick_first && send(first, note.as_ptr(), note.len() as i32, 0) >= 0 {
        reached += 1;
    }
    for &other in rest {
        if send(other, note.as_ptr(), note.len() as i32, 0) >= 0 {
            reached += 1;
        }
    }
    reached
}
