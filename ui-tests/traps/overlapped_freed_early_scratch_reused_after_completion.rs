//! One OVERLAPPED, one buffer and one event serve every message in turn, each after the last is complete.

use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::*;
use windows_sys::Win32::System::IO::OVERLAPPED;

pub unsafe fn send_all(s: SOCKET, messages: &[&str]) -> Result<(), i32> {
    let event = WSACreateEvent();
    if event == WSA_INVALID_EVENT {
        return Err(WSAGetLastError());
    }
    let mut scratch = Vec::new();
    let mut overlapped: OVERLAPPED;
    let mut result = Ok(());
    for message in messages {
        scratch.clear();
        scratch.extend_from_slice(message.as_bytes());
        scratch.push(b'\n');
        overlapped = OVERLAPPED { hEvent: event as _, ..OVERLAPPED::default() };
        let data = WSABUF { len: scratch.len() as u32, buf: scratch.as_mut_ptr() };
        if WSASend(s, &data, 1, null_mut(), 0, &mut overlapped, None) != 0 {
            let code = WSAGetLastError();
            if code != WSA_IO_PENDING {
                result = Err(code);
                break;
            }
        }
        let (mut n, mut flags) = (0, 0);
        if WSAGetOverlappedResult(s, &overlapped, &mut n, 1, &mut flags) == 0 {
            result = Err(WSAGetLastError());
            break;
        }
        WSAResetEvent(event);
    }
    WSACloseEvent(event);
    result
}
