//! The struct's Drop stands in another module; close() by hand closes twice.

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
    use windows_sys::Win32::Networking::WinSock::{SD_BOTH, closesocket, shutdown};

    pub fn close(channel: Channel) -> u64 {
        unsafe {
            shutdown(channel.fd, SD_BOTH);
            closesocket(channel.fd); //~ double_close
        }
        channel.id
    }
}

pub use api::close;
