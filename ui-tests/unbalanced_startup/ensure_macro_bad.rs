//! The project's ensure! returns between start-up and cleanup.

#[cfg(windows)]
mod imp {
    #[repr(C, align(8))]
    struct WsaData {
        version: u16,
        high: u16,
        rest: [u8; 404],
    }

    #[link(name = "ws2_32")]
    unsafe extern "system" {
        fn WSAStartup(version: u16, data: *mut WsaData) -> i32;
        fn WSACleanup() -> i32;
        fn gethostname(name: *mut u8, len: i32) -> i32;
    }

    macro_rules! ensure {
        ($cond:expr, $($msg:tt)+) => {
            if !$cond {
                return Err(format!($($msg)+));
            }
        };
    }

    pub fn short_name(limit: usize) -> Result<Vec<u8>, String> {
        let mut data = WsaData { version: 0, high: 0, rest: [0; 404] };
        let code = unsafe { WSAStartup(0x0202, &mut data) }; //~ unbalanced_startup
        ensure!(code == 0, "start-up failed: {code}");
        let mut name = vec![0u8; 256];
        let res = unsafe { gethostname(name.as_mut_ptr(), 256) };
        ensure!(res == 0, "no name under version {:#x}", data.version);
        unsafe { WSACleanup() };
        name.retain(|b| *b != 0);
        name.truncate(limit);
        Ok(name)
    }
}

#[cfg(unix)]
mod imp {
    pub fn short_name(_limit: usize) -> Result<Vec<u8>, String> {
        Err("not here".to_owned())
    }
}

pub use imp::short_name;
