//! Started twice on the verbose path, and cleaned up twice.

use winapi::um::winsock2 as ws;

unsafe fn start(version: u16) -> Option<ws::WSADATA> {
    let mut data: ws::WSADATA = std::mem::zeroed();
    (ws::WSAStartup(version, &mut data) == 0).then_some(data)
}

pub unsafe fn versions(verbose: bool) -> Option<(u16, u16)> {
    let newest = start(0x0202)?;
    let mut oldest = 0x0202;
    if verbose && let Some(data) = start(0x0101) {
        oldest = data.wVersion;
        ws::WSACleanup();
    }
    ws::WSACleanup();
    Some((oldest, newest.wVersion))
}
