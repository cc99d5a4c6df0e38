//! An own binding calls WSAGetLastError `errno`; a struct field takes its value for a failed start-up.

mod sys {
    use std::ffi::{c_int, c_void};

    #[link(name = "ws2_32")]
    unsafe extern "system" {
        pub fn WSAStartup(version: u16, data: *mut c_void) -> c_int;
        #[link_name = "WSAGetLastError"]
        pub fn errno() -> c_int;
        pub fn gethostname(name: *mut u8, len: c_int) -> c_int;
    }
}

#[derive(Debug)]
pub struct Failure {
    pub call: &'static str,
    pub code: i32,
}

pub unsafe fn start_and_name(name: &mut [u8; 256]) -> Result<(), Failure> {
    let mut data = [0u64; 51];
    let started = sys::WSAStartup(0x202, data.as_mut_ptr().cast());
    if started != 0 {
        return Err(Failure { call: "WSAStartup", code: sys::errno() }); //~ startup_error_misread
    }
    if sys::gethostname(name.as_mut_ptr(), 256) != 0 {
        return Err(Failure { call: "gethostname", code: sys::errno() });
    }
    Ok(())
}
