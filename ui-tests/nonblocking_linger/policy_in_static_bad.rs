//! The linger policy is one of two statics, and the patient one meets a nonblocking socket.

use windows_sys::Win32::Networking::WinSock::{closesocket, connect, FIONBIO, INVALID_SOCKET, ioctlsocket, LINGER, send, setsockopt, SO_LINGER, SOCK_STREAM, SOCKADDR, SOCKET, socket, SOL_SOCKET};

static PATIENT: LINGER = LINGER { l_onoff: 1, l_linger: 90 };
static IMPATIENT: LINGER = LINGER { l_onoff: 0, l_linger: 0 };

fn apply(s: SOCKET, policy: &'static LINGER) {
    unsafe { setsockopt(s, SOL_SOCKET, SO_LINGER, (policy as *const LINGER).cast(), size_of_val(policy) as i32) };
}

pub fn fire_and_forget(family: u16, addr: *const SOCKADDR, len: i32, datum: &[u8]) {
    let s = unsafe { socket(family as i32, SOCK_STREAM, 0) };
    if s == INVALID_SOCKET {
        return;
    }
    apply(s, &IMPATIENT);
    if unsafe { connect(s, addr, len) } == 0 {
        let mut yes = true as u32;
        unsafe { ioctlsocket(s, FIONBIO, &mut yes) };
        apply(s, &PATIENT);
        unsafe { send(s, datum.as_ptr(), datum.len() as i32, 0) };
    }
    unsafe { closesocket(s) }; //~ nonblocking_linger
}
