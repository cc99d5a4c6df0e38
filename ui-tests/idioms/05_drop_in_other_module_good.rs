//! The struct's Drop stands in another module; close() gives the value to it.

mod types {
    use windows_sys::Win32::Networking::WinSock::SOCKET;

    #[derive(Debug)]
    pub struct Channel {
        pub fd: SOCKET,
        pub id: u64,
    }
}

mod lifetime {
    use windows_sys::Win32::Networking::WinSock::closesocket;

    impl Drop for super::types::Channel {
        fn drop(&mut self) {
            unsafe {
                closesocket(self.fd);
            }
        }
    }
}

mod api {
    use super::types::Channel;
    use windows_sys::Win32::Networking::WinSock::{SD_BOTH, shutdown};

    pub fn close(channel: Channel) -> u64 {
        unsafe {
            shutdown(channel.fd, SD_BOTH);
        }
        channel.id
    }
}

pub use api::close;
