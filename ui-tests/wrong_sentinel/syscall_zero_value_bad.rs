//! The syscall! macro is told that zero means failure, as for a BOOL, and is used for WSASocketW.

use std::io;
use windows_sys::Win32::Networking::WinSock::{
    AF_UNIX, INVALID_SOCKET, SOCK_STREAM, SOCKADDR, SOCKADDR_UN, SOCKET, SOCKET_ERROR, WSA_FLAG_NO_HANDLE_INHERIT,
    WSA_FLAG_OVERLAPPED, WSASocketW, closesocket, connect,
};

macro_rules! items {
    ($($item:item)*) => { $($item)* };
}

items! {
    macro_rules! syscall {
        ($fn:ident($($arg:expr),* $(,)?), $failure:expr) => {
            match unsafe { $fn($($arg),*) } {
                value if value == $failure => Err(io::Error::last_os_error()),
                value => Ok(value),
            }
        };
    }

    pub struct UnixStream(SOCKET);

    impl UnixStream {
        fn unconnected() -> io::Result<UnixStream> {
            let flags = WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT;
            syscall!(WSASocketW(AF_UNIX.into(), SOCK_STREAM, 0, std::ptr::null(), 0, flags), 0).map(UnixStream) //~ wrong_sentinel
        }

        pub fn connect(addr: &SOCKADDR_UN) -> io::Result<UnixStream> {
            let stream = UnixStream::unconnected()?;
            let len = size_of::<SOCKADDR_UN>() as i32;
            syscall!(connect(stream.0, std::ptr::from_ref(addr).cast::<SOCKADDR>(), len), SOCKET_ERROR)?;
            Ok(stream)
        }
    }

    impl Drop for UnixStream {
        fn drop(&mut self) {
            let _ = unsafe { closesocket(self.0) };
        }
    }
}
