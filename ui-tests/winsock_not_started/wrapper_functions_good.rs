//! `stop` comes last: both lookups run before it.

mod wsa {
    use windows_sys::Win32::Networking::WinSock as ws;

    pub fn start() -> bool {
        let mut data = ws::WSADATA::default();
        unsafe { ws::WSAStartup(0x0202, &mut data) == 0 }
    }

    pub fn stop() {
        unsafe { ws::WSACleanup() };
    }

    pub fn host_known(name: &std::ffi::CStr) -> bool {
        !unsafe { ws::gethostbyname(name.as_ptr().cast()) }.is_null()
    }
}

fn main() {
    if !wsa::start() {
        return;
    }
    let printer = wsa::host_known(c"printer.local");
    let scanner = wsa::host_known(c"scanner.local");
    wsa::stop();
    println!("printer: {printer}, scanner: {scanner}");
}
