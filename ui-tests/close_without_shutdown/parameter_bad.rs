//! A function sends on the socket it was given and closes it without shutdown.

use winapi::um::winsock2::{closesocket, recv, send, SOCKET};

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
    closesocket(client); //~ close_without_shutdown
    total
}
