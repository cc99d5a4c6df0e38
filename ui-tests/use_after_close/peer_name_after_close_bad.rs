//! The peer's address is asked for after the descriptor is closed.

use windows_sys::Win32::Networking::WinSock::{closesocket, getpeername, SD_SEND, shutdown, SOCKADDR_IN, SOCKET};

pub unsafe fn hang_up(s: SOCKET) -> Option<SOCKADDR_IN> {
    shutdown(s, SD_SEND);
    closesocket(s);
    let mut peer: SOCKADDR_IN = std::mem::zeroed();
    let mut len = std::mem::size_of::<SOCKADDR_IN>() as i32;
    let known = getpeername(s, (&raw mut peer).cast(), &mut len) == 0; //~ use_after_close
    println!("socket {s} closed");
    known.then_some(peer)
}
