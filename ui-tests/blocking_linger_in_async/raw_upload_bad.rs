//! An async fn sets a linger of ten seconds on a blocking socket and closes it on the executor's thread.

use std::io;
use windows_sys::Win32::Networking::WinSock::{
    closesocket, connect, send, setsockopt, socket, AF_INET, INVALID_SOCKET, IPPROTO_TCP, LINGER, SOCKADDR_IN, SOCKET, SOCK_STREAM,
    SOL_SOCKET, SO_LINGER,
};

macro_rules! syscall {
    ($fn:ident ( $($arg:expr),* $(,)? ), $cmp:path, $failure:expr) => {{
        let res = unsafe { $fn($($arg),*) };
        if $cmp(&res, &$failure) { Err(io::Error::last_os_error()) } else { Ok(res) }
    }};
}

fn dial(peer: &SOCKADDR_IN) -> io::Result<SOCKET> {
    let s = syscall!(socket(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP), PartialEq::eq, INVALID_SOCKET)?;
    let len = size_of::<SOCKADDR_IN>() as i32;
    match syscall!(connect(s, std::ptr::from_ref(peer).cast(), len), PartialEq::ne, 0) {
        Ok(_) => Ok(s),
        Err(e) => {
            unsafe { closesocket(s) };
            Err(e)
        }
    }
}

fn put(s: SOCKET, data: &[u8]) -> io::Result<i32> {
    syscall!(send(s, data.as_ptr(), data.len() as i32, 0), PartialEq::eq, -1)
}

async fn next_part(n: usize) -> Option<Vec<u8>> {
    (n < 16).then(|| vec![n as u8; 4096])
}

pub async fn upload(peer: &SOCKADDR_IN) -> io::Result<usize> {
    let s = dial(peer)?;
    let mut parts = 0;
    let mut res = Ok(0);
    while let Some(part) = next_part(parts).await {
        res = put(s, &part);
        if res.is_err() {
            break;
        }
        parts += 1;
    }
    let wait = LINGER { l_onoff: 1, l_linger: 10 };
    unsafe { setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const wait).cast(), size_of::<LINGER>() as i32) };
    unsafe { closesocket(s) }; //~ blocking_linger_in_async
    res.map(|_| parts)
}
