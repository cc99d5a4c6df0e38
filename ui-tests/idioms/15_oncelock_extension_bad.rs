//! A OnceLock closure fetches ConnectEx by a temporary socket; it closes only when WSAIoctl succeeds.

use std::sync::OnceLock;
use windows_sys::core::GUID;
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, INVALID_SOCKET, IPPROTO_TCP, LPFN_CONNECTEX, SIO_GET_EXTENSION_FUNCTION_POINTER, SOCK_STREAM, SOCKET_ERROR, WSAID_CONNECTEX, WSAIoctl, WSASocketW};

pub fn connect_ex() -> LPFN_CONNECTEX {
    static CACHE: OnceLock<LPFN_CONNECTEX> = OnceLock::new();
    *CACHE.get_or_init(|| unsafe {
        let s = WSASocketW(AF_INET as i32, SOCK_STREAM, IPPROTO_TCP, std::ptr::null(), 0, 0); //~ unclosed_socket
        if s == INVALID_SOCKET {
            return None;
        }
        let mut f: LPFN_CONNECTEX = None;
        let mut n = 0;
        let id = WSAID_CONNECTEX;
        let res = WSAIoctl(
            s,
            SIO_GET_EXTENSION_FUNCTION_POINTER,
            (&raw const id).cast(),
            size_of::<GUID>() as u32,
            (&raw mut f).cast(),
            size_of::<LPFN_CONNECTEX>() as u32,
            &mut n,
            std::ptr::null_mut(),
            None,
        );
        if res == SOCKET_ERROR {
            return None;
        }
        closesocket(s);
        f
    })
}
