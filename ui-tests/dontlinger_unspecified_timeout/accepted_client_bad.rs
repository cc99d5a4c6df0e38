//! Neither the listener nor the accepted client has a timeout when FALSE turns SO_DONTLINGER off.

use std::ptr::{from_ref, null_mut};
use winapi::shared::minwindef::{BOOL, FALSE};
use winapi::shared::ws2def::{AF_INET, SOCK_STREAM, SOCKADDR_IN};
use winapi::um::winsock2::*;

const LEN: i32 = size_of::<SOCKADDR_IN>() as i32;

unsafe fn listening(addr: &SOCKADDR_IN) -> Option<SOCKET> {
    let l = socket(AF_INET, SOCK_STREAM, 0);
    if l == INVALID_SOCKET {
        return None;
    }
    if bind(l, from_ref(addr).cast(), LEN) != 0 || listen(l, 16) != 0 {
        closesocket(l);
        return None;
    }
    Some(l)
}

/// Answers `count` clients with one line each.
pub unsafe fn answer(addr: &SOCKADDR_IN, line: &[u8], count: usize) -> Option<usize> {
    let l = listening(addr)?;
    let mut answered = 0;
    for _ in 0..count {
        let client = accept(l, null_mut(), null_mut());
        if client == INVALID_SOCKET {
            break;
        }
        let off: BOOL = FALSE;
        setsockopt(client, SOL_SOCKET, SO_DONTLINGER, from_ref(&off).cast(), size_of::<BOOL>() as i32); //~ dontlinger_unspecified_timeout
        if send(client, line.as_ptr().cast(), line.len() as i32, 0) == line.len() as i32 {
            answered += 1;
        }
        shutdown(client, SD_SEND);
        closesocket(client);
    }
    closesocket(l);
    Some(answered)
}
