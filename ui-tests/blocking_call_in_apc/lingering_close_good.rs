//! The routine of the last send closes without linger.

use std::ptr::null_mut;
use windows_sys::Win32::Networking::WinSock::{
    closesocket, LINGER, setsockopt, SO_LINGER, SOCKET, SOCKET_ERROR, SOL_SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSASend,
};
use windows_sys::Win32::System::IO::OVERLAPPED;

#[repr(C)]
pub struct LastWords {
    overlapped: OVERLAPPED,
    socket: SOCKET,
    text: Vec<u8>,
}

unsafe extern "system" fn said(_error: u32, _bytes: u32, overlapped: *mut OVERLAPPED, _flags: u32) {
    let words = unsafe { Box::from_raw(overlapped.cast::<LastWords>()) };
    let linger = LINGER { l_onoff: 0, l_linger: 0 };
    unsafe {
        setsockopt(words.socket, SOL_SOCKET, SO_LINGER, (&raw const linger).cast(), size_of::<LINGER>() as i32);
        closesocket(words.socket);
    }
}

/// Takes the socket.
pub unsafe fn say_and_close(socket: SOCKET, text: Vec<u8>) -> Result<(), i32> {
    let words = Box::into_raw(Box::new(LastWords { overlapped: std::mem::zeroed(), socket, text }));
    let data = WSABUF { len: (&(*words).text).len() as u32, buf: (&mut (*words).text).as_mut_ptr() };
    if WSASend(socket, &data, 1, null_mut(), 0, &raw mut (*words).overlapped, Some(said)) == SOCKET_ERROR {
        let code = WSAGetLastError();
        if code != WSA_IO_PENDING {
            drop(Box::from_raw(words));
            closesocket(socket);
            return Err(code);
        }
    }
    Ok(())
}
