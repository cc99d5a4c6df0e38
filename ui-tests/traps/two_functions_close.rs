//! Closed in one of two helpers, by the value of a result that says which.

use windows_sys::Win32::Networking::WinSock::{accept, closesocket, INVALID_SOCKET, SD_SEND, send, shutdown, SOCKET, SOCKET_ERROR};

enum Outcome {
    Keep,
    Reject,
}

fn greet(s: SOCKET) -> Outcome {
    let hello = b"220\r\n";
    match unsafe { send(s, hello.as_ptr(), hello.len() as i32, 0) } {
        SOCKET_ERROR => {
            unsafe { closesocket(s) };
            Outcome::Reject
        }
        _ => Outcome::Keep,
    }
}

pub fn serve_one(listener: SOCKET) -> bool {
    let client = unsafe { accept(listener, std::ptr::null_mut(), std::ptr::null_mut()) };
    if client == INVALID_SOCKET {
        return false;
    }
    let Outcome::Keep = greet(client) else { return false };
    unsafe {
        shutdown(client, SD_SEND);
        closesocket(client) == 0
    }
}
