//! The failed send is answered by a hard close, the successful one by a graceful close.

use windows_sys::Win32::Networking::WinSock::*;

pub unsafe fn reply_and_close(listener: SOCKET, page: &[u8]) -> Option<usize> {
    let client = accept(listener, std::ptr::null_mut(), std::ptr::null_mut());
    if client == INVALID_SOCKET {
        return None;
    }
    match send(client, page.as_ptr(), page.len() as i32, 0) {
        SOCKET_ERROR => {
            let hard = LINGER { l_onoff: 1, l_linger: 0 };
            setsockopt(client, SOL_SOCKET, SO_LINGER, (&raw const hard).cast(), 4);
            closesocket(client);
            None
        }
        n => {
            closesocket(client);
            usize::try_from(n).ok()
        }
    }
}
