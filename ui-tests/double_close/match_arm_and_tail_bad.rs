//! Two arms of a match close, and the tail of the function closes again.

use windows::Win32::Networking::WinSock::{closesocket, recv, shutdown, SD_SEND, SEND_RECV_FLAGS, SOCKET};

pub unsafe fn read_reply(s: SOCKET, buf: &mut [u8]) -> Option<usize> {
    let n = recv(s, buf, SEND_RECV_FLAGS(0));
    let reply = match n {
        0 => {
            closesocket(s);
            None
        }
        n if n < 0 => {
            closesocket(s);
            None
        }
        n => {
            shutdown(s, SD_SEND);
            Some(n as usize)
        }
    };
    closesocket(s); //~ double_close
    reply
}
