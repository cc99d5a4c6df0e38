//! Tasks spawned per client answer and close; the lingering close is wrapped in block_in_place.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use windows::Win32::Networking::WinSock::{
    FIONBIO, LINGER, SEND_RECV_FLAGS, SO_LINGER, SOCKET, SOL_SOCKET, accept, closesocket, ioctlsocket, send, setsockopt,
};

#[derive(Clone, Copy, PartialEq)]
pub enum Close {
    Fast,
    Patient,
}

fn set_linger(s: SOCKET, option: LINGER) -> i32 {
    let bytes = unsafe { std::slice::from_raw_parts((&raw const option).cast::<u8>(), size_of::<LINGER>()) };
    unsafe { setsockopt(s, SOL_SOCKET, SO_LINGER, Some(bytes)) }
}

fn next_client(listener: SOCKET) -> windows::core::Result<SOCKET> {
    let s = unsafe { accept(listener, None, None) }?;
    let mut nonblocking = 0u32;
    unsafe { ioctlsocket(s, FIONBIO, &mut nonblocking) };
    Ok(s)
}

async fn answer(s: SOCKET, text: Vec<u8>, how: Close) {
    let n = unsafe { send(s, &text, SEND_RECV_FLAGS(0)) };
    if n < 0 {
        eprintln!("send: {}", io::Error::last_os_error());
        unsafe { closesocket(s) };
        return;
    }
    if how == Close::Patient {
        set_linger(s, LINGER { l_onoff: 1, l_linger: 30 });
        tokio::task::block_in_place(|| unsafe { closesocket(s) });
    } else {
        set_linger(s, LINGER { l_onoff: 0, l_linger: 0 });
        unsafe { closesocket(s) };
    }
}

pub async fn serve(listener: SOCKET, how: Close, quit: Arc<AtomicBool>) -> windows::core::Result<()> {
    while !quit.load(Ordering::Acquire) {
        let s = next_client(listener)?;
        tokio::spawn(answer(s, b"HTTP/1.0 204 No Content\r\n\r\n".to_vec(), how));
        tokio::task::yield_now().await;
    }
    Ok(())
}
