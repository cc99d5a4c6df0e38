//! Hard close is set on the listener, which sends nothing; each accepted socket that inherits it is set back before it sends.

use windows::Win32::Networking::WinSock::*;
use windows::core::{Error, Result};

fn option_bytes<T>(value: &T) -> Option<&[u8]> {
    Some(unsafe { std::slice::from_raw_parts((value as *const T).cast(), size_of::<T>()) })
}

fn check(code: i32) -> Result<()> {
    if code == SOCKET_ERROR { Err(Error::from_thread()) } else { Ok(()) }
}

fn open(addr: &SOCKADDR_IN) -> Result<SOCKET> {
    let listener = unsafe { socket(AF_INET.0 as i32, SOCK_STREAM, IPPROTO_TCP.0) }?;
    check(unsafe { bind(listener, (addr as *const SOCKADDR_IN).cast(), size_of::<SOCKADDR_IN>() as i32) })
        .and_then(|()| check(unsafe { listen(listener, 16) }))
        .map(|()| listener)
        .inspect_err(|_| {
            unsafe { closesocket(listener) };
        })
}

/// Greets `count` clients, each with the banner and nothing more.
pub fn greet(addr: &SOCKADDR_IN, banner: &str, count: usize) -> Result<usize> {
    let listener = open(addr)?;
    let hard = LINGER { l_onoff: 1, l_linger: 0 };
    unsafe { setsockopt(listener, SOL_SOCKET, SO_LINGER, option_bytes(&hard)) };
    let mut greeted = 0;
    for _ in 0..count {
        let Ok(client) = (unsafe { accept(listener, None, None) }) else {
            break;
        };
        let graceful = LINGER { l_onoff: 0, ..hard };
        if unsafe { setsockopt(client, SOL_SOCKET, SO_LINGER, option_bytes(&graceful)) } != 0 {
            unsafe { closesocket(client) };
            continue;
        }
        let n = unsafe { send(client, banner.as_bytes(), SEND_RECV_FLAGS(0)) };
        greeted += usize::from(n > 0);
        unsafe { closesocket(client) };
    }
    unsafe { closesocket(listener) };
    Ok(greeted)
}
