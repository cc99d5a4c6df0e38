//! The half closed socket is the TCP one; the ATM socket beside it is shut down in both directions.

use windows_sys::Win32::Networking::WinSock::*;

pub unsafe fn bridge(tcp: (*const SOCKADDR, i32), atm: (*const SOCKADDR, i32)) -> u64 {
    let a = socket(AF_INET as i32, SOCK_STREAM, 0);
    if a == INVALID_SOCKET {
        return 0;
    }
    let b = socket(AF_ATM as i32, SOCK_RAW, ATMPROTO_AAL5 as i32);
    if b == INVALID_SOCKET {
        closesocket(a);
        return 0;
    }
    let mut moved = 0;
    if connect(a, tcp.0, tcp.1) == 0 && connect(b, atm.0, atm.1) == 0 {
        shutdown(a, SD_SEND);
        let mut buf = [0u8; 48];
        loop {
            let n = recv(a, buf.as_mut_ptr(), 48, 0);
            if n <= 0 || send(b, buf.as_ptr(), n, 0) != n {
                break;
            }
            moved += n as u64;
        }
        recv(b, buf.as_mut_ptr(), 1, 0);
        shutdown(b, SD_BOTH);
    }
    closesocket(b);
    closesocket(a);
    moved
}
