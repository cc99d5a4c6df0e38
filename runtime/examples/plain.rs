//! Calls through this crate beside the same calls to windows-sys, for `scripts/plain-call`, which compares
//! their instructions: a release build that does not track is the plain call and nothing more.

#[cfg(not(windows))]
fn main() {
    println!("on this system the calls go to the model: see scripts/plain-call");
}

#[cfg(windows)]
fn main() {
    // Nothing is called; the functions are only to be looked at.
    for function in functions() {
        println!("{function:p}");
    }
}

/// Two functions for each name, of the same signature: one calls windows-sys, the other this crate.
#[cfg(windows)]
macro_rules! pairs {
    ($($name:ident($($arg:ident: $ty:ty),*) -> $result:ty, $direct:ident, $through:ident;)*) => {
        $(
            #[unsafe(no_mangle)]
            #[inline(never)]
            extern "system" fn $direct($($arg: $ty),*) -> $result {
                // SAFETY: it is never called.
                unsafe { windows_sys::Win32::Networking::WinSock::$name($($arg),*) }
            }

            #[unsafe(no_mangle)]
            #[inline(never)]
            extern "system" fn $through($($arg: $ty),*) -> $result {
                // SAFETY: it is never called.
                unsafe { socket_lifecycle::raw::$name($($arg),*) }
            }
        )*

        fn functions() -> Vec<*const ()> {
            vec![$($direct as *const (), $through as *const ()),*]
        }
    };
}

#[cfg(windows)]
use socket_lifecycle::raw::{OVERLAPPED, SOCKADDR, SOCKET, WSABUF, WSAPOLLFD};

#[cfg(windows)]
pairs! {
    socket(family: i32, kind: i32, protocol: i32) -> SOCKET, direct_socket, through_socket;
    accept(s: SOCKET, name: *mut SOCKADDR, len: *mut i32) -> SOCKET, direct_accept, through_accept;
    closesocket(s: SOCKET) -> i32, direct_closesocket, through_closesocket;
    recv(s: SOCKET, buffer: *mut u8, len: i32, flags: i32) -> i32, direct_recv, through_recv;
    WSASend(
        s: SOCKET,
        buffers: *const WSABUF,
        len: u32,
        sent: *mut u32,
        flags: u32,
        overlapped: *mut OVERLAPPED,
        routine: socket_lifecycle::raw::LPWSAOVERLAPPED_COMPLETION_ROUTINE
    ) -> i32, direct_wsasend, through_wsasend;
    WSAPoll(sockets: *mut WSAPOLLFD, len: u32, timeout: i32) -> i32, direct_wsapoll, through_wsapoll;
}
