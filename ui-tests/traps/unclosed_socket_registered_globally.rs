//! The helper that checks the new socket also files it in a global table; later errors leave it there.

use std::collections::BTreeMap;
use std::io;
use std::sync::Mutex;
use windows::Win32::Networking::WinSock::{
    AF_INET, FIONBIO, IPPROTO_UDP, SOCK_DGRAM, SOCKADDR, SOCKADDR_IN, SOCKET, bind, closesocket, ioctlsocket, socket,
};

static OPEN: Mutex<BTreeMap<usize, u32>> = Mutex::new(BTreeMap::new());

fn register(s: SOCKET, owner: u32) {
    OPEN.lock().unwrap().insert(s.0, owner);
}

/// Opens a socket on behalf of `owner`. Also after an error it is closed by `close_all`.
pub fn open(owner: u32, local: &SOCKADDR_IN) -> io::Result<SOCKET> {
    let s = unsafe { socket(AF_INET.0 as i32, SOCK_DGRAM, IPPROTO_UDP.0) }?;
    register(s, owner);
    let mut on = 1;
    if unsafe { ioctlsocket(s, FIONBIO, &mut on) } != 0 {
        return Err(io::Error::last_os_error());
    }
    let name = std::ptr::from_ref(local).cast::<SOCKADDR>();
    match unsafe { bind(s, name, size_of::<SOCKADDR_IN>() as i32) } {
        0 => Ok(s),
        _ => Err(io::Error::last_os_error()),
    }
}

pub fn close_all(owner: u32) -> usize {
    let mut table = OPEN.lock().unwrap();
    let before = table.len();
    table.retain(|&raw, &mut of| {
        if of == owner {
            unsafe { closesocket(SOCKET(raw)) };
        }
        of != owner
    });
    before - table.len()
}
