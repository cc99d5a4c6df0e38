//! Between the last ATM send and the close the sender waits for a receipt and for a pause.

use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;
use windows_sys::Win32::Networking::WinSock::{
    AF_ATM, ATMPROTO_AAL5, INVALID_SOCKET, SD_BOTH, SOCK_RAW, SOCKADDR, SOCKADDR_ATM, SOCKET, SOCKET_ERROR, closesocket, connect, recv, send, shutdown,
    socket,
};

struct Circuit(SOCKET);

impl Drop for Circuit {
    fn drop(&mut self) {
        unsafe {
            shutdown(self.0, SD_BOTH);
            closesocket(self.0);
        }
    }
}

fn settle() {
    std::thread::sleep(Duration::from_millis(250));
}

pub fn pump(to: &SOCKADDR_ATM, frames: Receiver<Vec<u8>>) -> io::Result<u8> {
    let s = unsafe { socket(AF_ATM as i32, SOCK_RAW, ATMPROTO_AAL5 as i32) };
    if s == INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let circuit = Circuit(s);
    if unsafe { connect(circuit.0, (&raw const *to).cast::<SOCKADDR>(), size_of::<SOCKADDR_ATM>() as i32) } == SOCKET_ERROR {
        return Err(io::Error::last_os_error());
    }
    let mut failure = None;
    loop {
        match frames.recv_timeout(Duration::from_secs(5)) {
            Ok(frame) => {
                if unsafe { send(circuit.0, frame.as_ptr(), frame.len() as i32, 0) } == SOCKET_ERROR {
                    failure = Some(io::Error::last_os_error());
                    break;
                }
            }
            Err(RecvTimeoutError::Timeout) => continue,
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    settle();
    if let Some(err) = failure {
        return Err(err);
    }
    let mut receipt = 0u8;
    if unsafe { recv(circuit.0, &mut receipt, 1, 0) } != 1 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(receipt)
}
