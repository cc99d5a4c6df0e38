//! `map_err` closes on failure, and the match on the mapped result closes again.

use windows::Win32::Networking::WinSock::{
    self, AF_INET, SOCK_STREAM, SOCKADDR, SOCKADDR_IN, SOCKET, SOCKET_ERROR, WSA_ERROR, WSAGetLastError,
};

pub enum Outcome {
    Ready(SOCKET),
    Busy,
    Failed(WSA_ERROR),
}

fn ok(rc: i32) -> Result<(), WSA_ERROR> {
    match rc {
        SOCKET_ERROR => Err(unsafe { WSAGetLastError() }),
        _ => Ok(()),
    }
}

pub fn claim_port(addr: &SOCKADDR_IN, backlog: i32) -> Outcome {
    let s = match unsafe { WinSock::socket(AF_INET.0 as i32, SOCK_STREAM, 0) } {
        Ok(s) => s,
        Err(_) => return Outcome::Failed(unsafe { WSAGetLastError() }),
    };
    let ready = ok(unsafe { WinSock::bind(s, addr as *const SOCKADDR_IN as *const SOCKADDR, 16) })
        .and_then(|()| ok(unsafe { WinSock::listen(s, backlog) }))
        .map_err(|code| {
            unsafe { WinSock::closesocket(s) };
            code
        });
    match ready {
        Ok(()) => Outcome::Ready(s),
        Err(WinSock::WSAEADDRINUSE) => Outcome::Busy,
        Err(code) => {
            eprintln!("listener {}: {code:?}", s.0);
            unsafe { WinSock::closesocket(s) }; //~ double_close
            Outcome::Failed(code)
        }
    }
}
