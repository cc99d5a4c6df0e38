//! A type and its Drop inside `cfg_os_poll!`; the close by hand is one too many.

macro_rules! cfg_os_poll {
    ($($tt:tt)*) => { $($tt)* };
}

cfg_os_poll! {
    use std::io;
    use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, INVALID_SOCKET, IPPROTO_UDP, SOCK_DGRAM, SOCKET, WSA_FLAG_OVERLAPPED, WSAGetLastError, WSASocketW};

    pub struct AfdGroup {
        base: SOCKET,
        users: usize,
    }

    impl AfdGroup {
        pub fn new() -> io::Result<AfdGroup> {
            let base = unsafe { WSASocketW(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP, std::ptr::null(), 0, WSA_FLAG_OVERLAPPED) };
            if base == INVALID_SOCKET {
                return Err(io::Error::from_raw_os_error(unsafe { WSAGetLastError() }));
            }
            Ok(AfdGroup { base, users: 1 })
        }

        pub fn release(mut self) {
            self.users -= 1;
            if self.users == 0 {
                unsafe { closesocket(self.base) }; //~ double_close
            }
        }
    }

    impl Drop for AfdGroup {
        fn drop(&mut self) {
            unsafe { closesocket(self.base) };
        }
    }
}
