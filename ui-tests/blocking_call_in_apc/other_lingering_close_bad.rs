//! The completion routine of the last send turns lingering on and closes the blocking socket.

use windows::Win32::Networking::WinSock::{
    LINGER, SO_LINGER, SOCKET, SOL_SOCKET, WSA_IO_PENDING, WSABUF, WSAGetLastError, WSASend, closesocket, setsockopt,
};
use windows::Win32::System::IO::OVERLAPPED;
use windows::core::{HRESULT, PSTR};

#[repr(C)]
struct Farewell {
    overlapped: OVERLAPPED,
    socket: SOCKET,
    text: Vec<u8>,
}

fn linger_bytes(option: &LINGER) -> &[u8] {
    unsafe { std::slice::from_raw_parts((option as *const LINGER).cast(), size_of::<LINGER>()) }
}

unsafe extern "system" fn on_sent(error: u32, _bytes: u32, overlapped: *mut OVERLAPPED, _flags: u32) {
    let farewell = unsafe { Box::from_raw(overlapped.cast::<Farewell>()) };
    if error == 0 {
        let option = LINGER { l_onoff: 1, l_linger: 3 };
        unsafe { setsockopt(farewell.socket, SOL_SOCKET, SO_LINGER, Some(linger_bytes(&option))) };
    }
    let _ = unsafe { closesocket(farewell.socket) }; //~ blocking_call_in_apc
}

/// Takes over a connected blocking overlapped socket, also when it fails.
pub fn say_goodbye(socket: SOCKET, text: &str) -> windows::core::Result<()> {
    let raw = Box::into_raw(Box::new(Farewell { overlapped: OVERLAPPED::default(), socket, text: text.as_bytes().to_vec() }));
    unsafe {
        let wsabuf = WSABUF { len: (&(*raw).text).len() as u32, buf: PSTR((&mut (*raw).text).as_mut_ptr()) };
        if WSASend(socket, &[wsabuf], None, 0, Some(&raw mut (*raw).overlapped), Some(on_sent)) == 0 {
            return Ok(());
        }
        let code = WSAGetLastError();
        if code == WSA_IO_PENDING {
            return Ok(());
        }
        drop(Box::from_raw(raw));
        closesocket(socket);
        Err(windows::core::Error::from_hresult(HRESULT::from_win32(code.0 as u32)))
    }
}
