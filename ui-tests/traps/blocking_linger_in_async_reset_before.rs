//! The linger time set at the start is switched off again by SO_DONTLINGER before the async fn closes.

use std::io;
use windows_sys::Win32::Networking::WinSock as ws;

fn set<T>(s: ws::SOCKET, name: i32, value: T) -> io::Result<()> {
    let res = unsafe { ws::setsockopt(s, ws::SOL_SOCKET, name, (&raw const value).cast(), size_of::<T>() as i32) };
    if res == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

fn open(addr: &ws::SOCKADDR_IN) -> io::Result<ws::SOCKET> {
    let s = unsafe { ws::socket(ws::AF_INET as i32, ws::SOCK_STREAM, ws::IPPROTO_TCP) };
    if s == ws::INVALID_SOCKET {
        return Err(io::Error::last_os_error());
    }
    let res = set(s, ws::SO_LINGER, ws::LINGER { l_onoff: 1, l_linger: 5 }).and_then(|()| {
        match unsafe { ws::connect(s, std::ptr::from_ref(addr).cast(), 16) } {
            0 => Ok(s),
            _ => Err(io::Error::last_os_error()),
        }
    });
    res.inspect_err(|_| {
        unsafe { ws::closesocket(s) };
    })
}

pub async fn broadcast(addrs: &[ws::SOCKADDR_IN], text: &str) -> usize {
    let all: Vec<ws::SOCKET> = addrs.iter().filter_map(|a| open(a).ok()).collect();
    let mut reached = 0;
    for s in all {
        let n = unsafe { ws::send(s, text.as_ptr(), text.len() as i32, 0) };
        reached += usize::from(n == text.len() as i32);
        std::future::ready(()).await;
        if let Err(e) = set(s, ws::SO_DONTLINGER, 1i32) {
            eprintln!("SO_DONTLINGER: {e}");
            tokio::task::spawn_blocking(move || unsafe { ws::closesocket(s) });
            continue;
        }
        unsafe { ws::shutdown(s, ws::SD_SEND) };
        unsafe { ws::closesocket(s) };
    }
    reached
}
