//! `cfg_net!` wraps items, the helper macro among them; each failure closes.

use std::io;

macro_rules! cfg_net {
    ($($item:item)*) => {
        $(
            #[cfg(windows)]
            $item
        )*
    };
}

cfg_net! {
    use windows_sys::Win32::Networking::WinSock::{closesocket, FIONBIO, INVALID_SOCKET, ioctlsocket, SOCKET, socket};

    macro_rules! syscall {
        ($fn:ident ( $($arg:expr),* $(,)? ), $err_test:path, $err_value:expr) => {{
            let res = unsafe { $fn($($arg),*) };
            if $err_test(&res, &$err_value) {
                Err(io::Error::last_os_error())
            } else {
                Ok(res)
            }
        }};
    }

    pub(crate) fn new_ip_socket(family: u16, ty: i32) -> io::Result<SOCKET> {
        let socket = syscall!(socket(family as i32, ty, 0), PartialEq::eq, INVALID_SOCKET)?;
        let mut on = 1;
        syscall!(ioctlsocket(socket, FIONBIO, &mut on), PartialEq::ne, 0)
            .map(|_| socket)
            .inspect_err(|_| {
                unsafe { closesocket(socket) };
            })
    }
}

pub fn nonblocking_udp() -> io::Result<usize> {
    new_ip_socket(2, 2)
}
