//! A TCP socket is sent on and closed; the ATM socket beside it is only received from.

use windows_sys::Win32::Networking::WinSock::{AF_ATM, AF_INET6, ATMPROTO_AAL5, closesocket, connect, INVALID_SOCKET, recv, SD_BOTH, send, shutdown, SOCK_RAW, SOCK_STREAM, SOCKADDR, socket};

pub unsafe fn copy(from: (*const SOCKADDR, i32), to: (*const SOCKADDR, i32)) -> bool {
    let atm = socket(AF_ATM as i32, SOCK_RAW, ATMPROTO_AAL5 as i32);
    if atm == INVALID_SOCKET {
        return false;
    }
    let tcp = socket(AF_INET6 as i32, SOCK_STREAM, 0);
    if tcp == INVALID_SOCKET {
        closesocket(atm);
        return false;
    }
    let mut ok = false;
    if connect(atm, from.0, from.1) == 0 && connect(tcp, to.0, to.1) == 0 {
        let mut cell = [0u8; 48];
        let n = recv(atm, cell.as_mut_ptr(), 48, 0);
        ok = n > 0 && send(tcp, cell.as_ptr(), n, 0) == n;
        shutdown(tcp, SD_BOTH);
        shutdown(atm, SD_BOTH);
    }
    closesocket(tcp);
    closesocket(atm);
    ok
}
