//! The loop only breaks when the peer resets the connection; the one close is after the loop.

use winapi::um::winsock2::{
    INVALID_SOCKET, SOCKET, SOCKET_ERROR, WSAECONNRESET, WSAEMSGSIZE, WSAGetLastError, accept, closesocket, recv,
};

#[derive(Default)]
pub struct Upload {
    pub bytes: Vec<u8>,
    pub truncated: bool,
    pub code: i32,
}

/// Takes one client and reads what it uploads.
pub fn receive_upload(listener: SOCKET, limit: usize) -> Option<Upload> {
    let client = unsafe { accept(listener, std::ptr::null_mut(), std::ptr::null_mut()) };
    if client == INVALID_SOCKET {
        return None;
    }
    let mut upload = Upload::default();
    'receive: loop {
        let mut chunk = [0u8; 1500];
        let n = unsafe { recv(client, chunk.as_mut_ptr().cast(), chunk.len() as i32, 0) };
        match n {
            0 => break,
            SOCKET_ERROR => {
                upload.code = unsafe { WSAGetLastError() };
                if upload.code == WSAEMSGSIZE {
                    continue 'receive;
                }
                if upload.code == WSAECONNRESET {
                    upload.truncated = true;
                }
                break 'receive;
            }
            n => upload.bytes.extend_from_slice(&chunk[..n as usize]),
        }
        if upload.bytes.len() > limit {
            upload.truncated = true;
            break;
        }
    }
    unsafe { closesocket(client) };
    Some(upload)
}
