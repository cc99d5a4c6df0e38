//! The `windows` crate: connecting is done with a socket of its own.

use windows::Win32::Networking::WinSock::*;
use windows::core::{Error, Result};

const LEN: i32 = size_of::<SOCKADDR_IN>() as i32;

fn check(r: i32) -> Result<()> {
    if r == SOCKET_ERROR { Err(Error::from_thread()) } else { Ok(()) }
}

pub unsafe fn join(local: &SOCKADDR_IN, tracker: &SOCKADDR_IN) -> Result<(SOCKET, SOCKET)> {
    unsafe {
        let listener = socket(AF_INET.0.into(), SOCK_STREAM, IPPROTO_TCP.0)?;
        let client = socket(AF_INET.0.into(), SOCK_STREAM, IPPROTO_TCP.0).inspect_err(|_| {
            closesocket(listener);
        })?;
        let joined = check(bind(listener, (&raw const *local).cast(), LEN))
            .and_then(|()| check(listen(listener, 8)))
            .and_then(|()| check(connect(client, (&raw const *tracker).cast(), LEN)));
        if let Err(err) = joined {
            closesocket(client);
            closesocket(listener);
            return Err(err);
        }
        Ok((listener, client))
    }
}
