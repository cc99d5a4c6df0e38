//! The WSAStartup that failed needs no WSACleanup; the second try with an older version is matched.

use windows_sys::Win32::Networking::WinSock as ws;

const VERSIONS: [u16; 3] = [0x0202, 0x0002, 0x0101];

fn printed(version: u16) -> String {
    let [major, minor] = version.to_le_bytes();
    format!("{major}.{minor}")
}

/// The newest of the versions that the system takes.
pub fn newest_that_works() -> Result<String, i32> {
    let mut last = ws::WSAVERNOTSUPPORTED;
    for version in VERSIONS {
        let mut data: ws::WSADATA = unsafe { std::mem::zeroed() };
        last = unsafe { ws::WSAStartup(version, &mut data) };
        match last {
            0 => {
                unsafe { ws::WSACleanup() };
                return Ok(printed(data.wVersion));
            }
            ws::WSAVERNOTSUPPORTED => continue,
            _ => break,
        }
    }
    Err(last)
}
