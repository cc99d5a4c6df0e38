//! Imports inside the functions: the right one closes.

pub fn open() -> Option<usize> {
    use winapi::shared::ws2def::AF_INET;
    use winapi::um::winsock2::{INVALID_SOCKET, SOCK_DGRAM, socket};

    let s = unsafe { socket(AF_INET, SOCK_DGRAM, 0) };
    (s != INVALID_SOCKET).then_some(s)
}

pub fn close_all(sockets: [usize; 2]) {
    use winapi::um::winsock2::closesocket;

    for s in sockets {
        unsafe { closesocket(s) };
    }
}

pub fn round_trip() -> bool {
    use winapi::um::winsock2::closesocket;

    let Some(s) = open() else { return false };
    unsafe { closesocket(s) == 0 }
}
