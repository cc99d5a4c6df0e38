//! The direction comes from a variable, which is SD_BOTH in each case.

use winapi::shared::ws2def::{AF_ATM, SOCKADDR};
use winapi::um::winsock2::{closesocket, connect, INVALID_SOCKET, recv, SD_BOTH, shutdown, SOCK_RAW, socket};

const AAL5: i32 = 5;

pub unsafe fn read_cell_stream(addr: *const SOCKADDR, len: i32, limit: usize) -> Option<Vec<u8>> {
    let s = socket(AF_ATM, SOCK_RAW, AAL5);
    if s == INVALID_SOCKET {
        return None;
    }
    let mut data = Vec::new();
    if connect(s, addr, len) == 0 {
        let mut chunk = [0u8; 48];
        let how = loop {
            match recv(s, chunk.as_mut_ptr().cast(), 48, 0) {
                n @ 1.. => data.extend_from_slice(&chunk[..n as usize]),
                _ => break SD_BOTH,
            }
            if data.len() >= limit {
                break SD_BOTH;
            }
        };
        shutdown(s, how);
    }
    closesocket(s);
    Some(data)
}
