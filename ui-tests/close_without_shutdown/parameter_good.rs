//! A function sends on the socket it was given, shuts it down and closes it.

use winapi::um::winsock2::{closesocket, recv, SD_BOTH, send, shutdown, SOCKET};

/// Takes over `client`.
pub unsafe fn echo(client: SOCKET) -> usize {
    let mut total = 0;
    let mut buf = [0i8; 256];
    loop {
        let n = recv(client, buf.as_mut_ptr(), 256, 0);
        if n <= 0 || buf[0] == b'.' as i8 {
            break;
        }
        if send(client, buf.as_ptr(), n, 0) != n {
            break;
        }
        total += n as usize;
    }
    shutdown(client, SD_BOTH);
    closesocket(client);
    total
}
