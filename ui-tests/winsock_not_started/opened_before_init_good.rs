//! main calls net::init, which starts Winsock, before it opens its socket.

mod net {
    use std::io;
    use std::sync::OnceLock;

    mod c {
        #[repr(C, align(8))]
        pub struct WsaData(pub [u8; 408]);

        pub const INVALID_SOCKET: usize = !0;

        #[link(name = "ws2_32")]
        unsafe extern "system" {
            pub fn WSAStartup(version: u16, data: *mut WsaData) -> i32;
            pub fn socket(af: i32, kind: i32, protocol: i32) -> usize;
            pub fn setsockopt(s: usize, level: i32, name: i32, value: *const u8, len: i32) -> i32;
            pub fn closesocket(s: usize) -> i32;
        }
    }

    macro_rules! syscall {
        ($fn:ident ( $($arg:expr),* $(,)? ), |$r:ident| $failed:expr) => {{
            let $r = unsafe { c::$fn($($arg),*) };
            if $failed { Err(io::Error::last_os_error()) } else { Ok($r) }
        }};
    }

    pub fn init() -> io::Result<()> {
        static STARTED: OnceLock<i32> = OnceLock::new();
        let code = *STARTED.get_or_init(|| {
            let mut data = c::WsaData([0; 408]);
            unsafe { c::WSAStartup(0x0202, &mut data) }
        });
        if code == 0 { Ok(()) } else { Err(io::Error::from_raw_os_error(code)) }
    }

    pub struct Udp(usize);

    impl Udp {
        pub fn open() -> io::Result<Udp> {
            syscall!(socket(2, 2, 17), |r| r == c::INVALID_SOCKET).map(Udp)
        }

        pub fn ttl(&self, ttl: u32) -> io::Result<()> {
            syscall!(setsockopt(self.0, 0, 4, (&raw const ttl).cast(), 4), |r| r != 0).map(drop)
        }
    }

    impl Drop for Udp {
        fn drop(&mut self) {
            unsafe { c::closesocket(self.0) };
        }
    }
}

fn main() -> std::io::Result<()> {
    net::init()?;
    let udp = net::Udp::open()?;
    udp.ttl(4)?;
    Ok(())
}
