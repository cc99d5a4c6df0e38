//! AcceptEx connects the fresh socket it was given; it is sent on afterwards.

use std::io;
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Networking::WinSock::{AcceptEx, AF_INET, closesocket, INVALID_SOCKET, send, setsockopt, SO_UPDATE_ACCEPT_CONTEXT, SOCK_STREAM, SOCKADDR_IN, SOCKET, socket, SOL_SOCKET, WSA_IO_PENDING, WSAGetLastError};
use windows_sys::Win32::System::IO::{GetOverlappedResult, OVERLAPPED};

const HALF: u32 = size_of::<SOCKADDR_IN>() as u32 + 16;

pub fn greet_next(listener: SOCKET) -> io::Result<SOCKET> {
    let mut addresses = [0u8; 2 * HALF as usize];
    let mut overlapped = OVERLAPPED::default();
    let mut bytes = 0;
    unsafe {
        let client = socket(AF_INET as i32, SOCK_STREAM, 0);
        if client == INVALID_SOCKET {
            return Err(io::Error::last_os_error());
        }
        let out = addresses.as_mut_ptr().cast();
        if AcceptEx(listener, client, out, 0, HALF, HALF, &mut bytes, &mut overlapped) == 0
            && (WSAGetLastError() != WSA_IO_PENDING
                || GetOverlappedResult(listener as HANDLE, &overlapped, &mut bytes, 1) == 0)
        {
            let err = io::Error::last_os_error();
            closesocket(client);
            return Err(err);
        }
        setsockopt(client, SOL_SOCKET, SO_UPDATE_ACCEPT_CONTEXT, (&raw const listener).cast(), size_of::<SOCKET>() as i32);
        send(client, b"220 ready\r\n".as_ptr(), 11, 0);
        Ok(client)
    }
}
