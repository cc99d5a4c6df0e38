//! A flag remembers that the peer's socket was closed, and every later call asks it.

use winapi::um::winsock2::{SD_SEND, SOCKET, SOCKET_ERROR, closesocket, recv, send, shutdown};

/// Answers every request, ends the connection, and closes it in each case.
pub unsafe fn converse(s: SOCKET, answer: fn(&[i8]) -> Option<Vec<i8>>) -> (usize, bool) {
    let mut closed = false;
    let mut served = 0;
    let mut buf = [0i8; 256];
    while !closed {
        let n = recv(s, buf.as_mut_ptr(), 256, 0);
        if n == 0 {
            break;
        }
        if n == SOCKET_ERROR {
            closesocket(s);
            closed = true;
        }
        if !closed {
            match answer(&buf[..n as usize]) {
                Some(text) => {
                    send(s, text.as_ptr(), text.len() as i32, 0);
                    served += 1;
                }
                None => break,
            }
        }
    }
    if !closed {
        shutdown(s, SD_SEND);
        closesocket(s);
    }
    (served, closed)
}
