//! The listener is wrapped in its owner before the first `?`, as mio does it.

macro_rules! cfg_net {
    ($($item:item)*) => { $( #[cfg(windows)] $item )* };
}

cfg_net! {
    /// Calls a Winsock function; the test says what counts as failure.
    macro_rules! syscall {
        ($fn: ident ( $($arg: expr),* $(,)* ), $err_test: path, $err_value: expr) => {{
            let res = unsafe { $fn($($arg, )*) };
            if $err_test(&res, &$err_value) {
                Err(std::io::Error::last_os_error())
            } else {
                Ok(res)
            }
        }};
    }

    pub mod net {
        use std::io;
        use std::net::TcpListener;
        use std::os::windows::io::{FromRawSocket, RawSocket};
        use windows_sys::Win32::Networking::WinSock::{
            AF_INET, FIONBIO, INVALID_SOCKET, SOCK_STREAM, SOCKADDR, SOCKADDR_IN, SOCKET, bind, closesocket, ioctlsocket,
            listen, socket,
        };

        pub fn tcp_listen(addr: &SOCKADDR_IN, backlog: u32) -> io::Result<TcpListener> {
            let backlog = backlog.try_into().unwrap_or(i32::MAX);
            let raw = syscall!(socket(AF_INET as i32, SOCK_STREAM, 0), PartialEq::eq, INVALID_SOCKET)?;
            if let Err(err) = syscall!(ioctlsocket(raw, FIONBIO, &mut 1), PartialEq::ne, 0) {
                let _ = unsafe { closesocket(raw) };
                return Err(err);
            }
            // From here on the owner closes it.
            let listener = unsafe { TcpListener::from_raw_socket(raw as RawSocket) };
            bind_and_listen(raw, addr, backlog)?;
            Ok(listener)
        }

        fn bind_and_listen(raw: SOCKET, addr: &SOCKADDR_IN, backlog: i32) -> io::Result<()> {
            let ptr = addr as *const SOCKADDR_IN as *const SOCKADDR;
            syscall!(bind(raw, ptr, size_of::<SOCKADDR_IN>() as i32), PartialEq::ne, 0)?;
            syscall!(listen(raw, backlog), PartialEq::eq, -1)?;
            Ok(())
        }
    }
}
