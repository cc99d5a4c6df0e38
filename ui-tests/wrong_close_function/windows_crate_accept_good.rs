//! The `windows` crate: an unwanted client is closed as a SOCKET.

use windows::Win32::Networking::WinSock::{SOCKADDR_IN, SOCKET, accept, closesocket, send};
use windows::core::Result;

pub unsafe fn serve(listener: SOCKET, is_local: fn(&SOCKADDR_IN) -> bool) -> Result<()> {
    loop {
        let mut from = SOCKADDR_IN::default();
        let mut len = size_of::<SOCKADDR_IN>() as i32;
        let client = accept(listener, Some((&raw mut from).cast()), Some(&mut len))?;
        match is_local(&from) {
            false => {
                closesocket(client);
            }
            true => {
                send(client, b"hello", Default::default());
                closesocket(client);
            }
        }
    }
}
