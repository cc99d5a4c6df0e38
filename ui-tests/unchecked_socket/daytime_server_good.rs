//! A daytime server asks whether accept returned a socket.

use std::time::{SystemTime, UNIX_EPOCH};
use winapi::shared::ws2def::{SOCKADDR, SOCKADDR_IN};
use winapi::um::winsock2::{self as wsk, SOCKET};

fn daytime() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
    format!("{now}\r\n")
}

/// Serves `rounds` clients of a listener that belongs to the caller.
pub fn serve(listener: SOCKET, rounds: usize) -> Vec<u16> {
    let mut ports = Vec::new();
    for _ in 0..rounds {
        let mut peer: SOCKADDR_IN = unsafe { std::mem::zeroed() };
        let mut len = size_of::<SOCKADDR_IN>() as i32;
        let client = unsafe { wsk::accept(listener, std::ptr::addr_of_mut!(peer) as *mut SOCKADDR, &mut len) };
        if client == wsk::INVALID_SOCKET {
            continue;
        }
        let text = daytime();
        let sent = unsafe { wsk::send(client, text.as_ptr().cast(), text.len() as i32, 0) };
        if sent == text.len() as i32 {
            ports.push(u16::from_be(peer.sin_port));
        }
        let _ = unsafe { wsk::closesocket(client) };
    }
    ports
}
