//! WaitForSingleObject on the event of WSAEventSelect comes before the close, on the branch for a polite end.

use std::io;
use winapi::shared::winerror::WAIT_TIMEOUT;
use winapi::um::synchapi::WaitForSingleObject;
use winapi::um::winsock2::{
    FD_CLOSE, SD_SEND, SOCKET, SOCKET_ERROR, WSACloseEvent, WSACreateEvent, WSAEVENT, WSAEWOULDBLOCK, WSAEventSelect, WSAGetLastError,
    closesocket, recv, shutdown,
};

#[derive(PartialEq)]
pub enum End {
    AtOnce,
    Polite,
}

struct Watched {
    socket: SOCKET,
    event: WSAEVENT,
}

fn watch(socket: SOCKET) -> Option<Watched> {
    let event = unsafe { WSACreateEvent() };
    if event.is_null() {
        return None;
    }
    if unsafe { WSAEventSelect(socket, event, FD_CLOSE) } == SOCKET_ERROR {
        unsafe { WSACloseEvent(event) };
        return None;
    }
    Some(Watched { socket, event })
}

fn drain(s: SOCKET) -> io::Result<usize> {
    let (mut total, mut buf) = (0, [0i8; 512]);
    loop {
        match unsafe { recv(s, buf.as_mut_ptr(), 512, 0) } {
            0 => return Ok(total),
            SOCKET_ERROR => match unsafe { WSAGetLastError() } {
                WSAEWOULDBLOCK => return Ok(total),
                code => return Err(io::Error::from_raw_os_error(code)),
            },
            n => total += n as usize,
        }
    }
}

/// Takes over a connected socket.
pub fn end_connection(s: SOCKET, how: End) -> io::Result<bool> {
    let Some(w) = watch(s) else {
        unsafe { closesocket(s) };
        return Ok(false);
    };
    let drained = drain(w.socket);
    unsafe { shutdown(w.socket, SD_SEND) };
    let mut in_time = true;
    if how == End::Polite {
        in_time = unsafe { WaitForSingleObject(w.event, 5_000) } != WAIT_TIMEOUT;
    }
    unsafe { closesocket(w.socket) };
    unsafe { WSACloseEvent(w.event) };
    drained.map(|_| in_time)
}
