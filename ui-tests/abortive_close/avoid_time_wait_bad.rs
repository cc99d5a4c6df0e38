//! A one-request server turns linger on with time zero "against TIME_WAIT" and closes right after the answer.

use std::io;
use windows_sys::Win32::Networking::WinSock::{
    accept, closesocket, recv, send, setsockopt, INVALID_SOCKET, LINGER, SOCKET, SOCKET_ERROR, SOL_SOCKET, SO_LINGER,
};

macro_rules! syscall {
    ($fn:ident ( $($arg:expr),* $(,)? ), |$r:ident| $failed:expr) => {{
        let $r = unsafe { $fn($($arg),*) };
        if $failed { Err(io::Error::last_os_error()) } else { Ok($r) }
    }};
}

fn no_time_wait(s: SOCKET) -> io::Result<()> {
    let option = LINGER { l_onoff: 1, l_linger: 0 };
    syscall!(
        setsockopt(s, SOL_SOCKET, SO_LINGER, (&raw const option).cast(), size_of::<LINGER>() as i32),
        |r| r == SOCKET_ERROR
    )?;
    Ok(())
}

fn answer(s: SOCKET) -> io::Result<()> {
    let mut request = [0u8; 1024];
    let n = syscall!(recv(s, request.as_mut_ptr(), request.len() as i32, 0), |r| r < 0)?;
    let body = format!("HTTP/1.0 200 OK\r\n\r\ngot {n} bytes\r\n");
    no_time_wait(s)?;
    syscall!(send(s, body.as_ptr(), body.len() as i32, 0), |r| r < 0)?;
    Ok(())
}

pub fn serve(listener: SOCKET) -> io::Result<()> {
    loop {
        let s = syscall!(accept(listener, std::ptr::null_mut(), std::ptr::null_mut()), |r| r == INVALID_SOCKET)?;
        if let Err(e) = answer(s) {
            eprintln!("client: {e}");
        }
        unsafe { closesocket(s) }; //~ abortive_close
    }
}
