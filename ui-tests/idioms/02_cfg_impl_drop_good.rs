//! Both halves have their `impl Drop`.

#[cfg(windows)]
use windows_sys::Win32::Networking::WinSock::{AF_INET, closesocket, getsockopt, INVALID_SOCKET, IPPROTO_UDP, SO_TYPE, SOCK_DGRAM, SOCKET, socket, SOL_SOCKET};

pub struct Waker {
    #[cfg(windows)]
    handle: SOCKET,
    #[cfg(unix)]
    handle: libc::c_int,
}

#[cfg(unix)]
impl Drop for Waker {
    fn drop(&mut self) {
        unsafe { libc::close(self.handle) };
    }
}

#[cfg(windows)]
impl Drop for Waker {
    fn drop(&mut self) {
        unsafe { closesocket(self.handle) };
    }
}

#[cfg(windows)]
pub fn udp_works() -> bool {
    let handle = unsafe { socket(AF_INET as i32, SOCK_DGRAM, IPPROTO_UDP) };
    if handle == INVALID_SOCKET {
        return false;
    }
    let waker = Waker { handle };
    let mut kind = 0i32;
    let mut len = size_of::<i32>() as i32;
    unsafe { getsockopt(waker.handle, SOL_SOCKET, SO_TYPE, (&raw mut kind).cast(), &mut len) == 0 && kind == SOCK_DGRAM }
}
