//! The attribute on every kind of item, beside other attributes, and without a prelude.
#![no_implicit_prelude]
#![deny(warnings)]

use ::socket_lifecycle::socket_lifecycle;
use ::windows_sys::Win32::Networking::WinSock::*;

#[socket_lifecycle]
#[must_use]
pub async unsafe fn in_async<T>(s: SOCKET, value: T) -> (i32, T)
where
    T: ::core::marker::Copy,
{
    (unsafe { closesocket(s) }, value)
}

#[cfg(all())]
#[socket_lifecycle]
pub const fn in_const(onoff: u16) -> LINGER {
    LINGER { l_onoff: onoff, l_linger: 0 }
}

pub trait Close {
    #[socket_lifecycle(closes(self))]
    fn close(&self) -> i32;
}

#[socket_lifecycle]
impl Close for SOCKET {
    #[inline]
    fn close(&self) -> i32 {
        let call = |s| unsafe { closesocket(s) };
        call(*self)
    }
}

#[socket_lifecycle]
pub mod inline {
    use super::*;

    /// The types of arguments come from the parameters.
    pub unsafe fn receive(s: SOCKET, buffer: &mut [u8], n: usize) -> i32 {
        let array = [WSABUF { len: n as u32, buf: buffer.as_mut_ptr() }];
        let (mut received, mut flags) = (0, 0);
        unsafe {
            WSARecv(
                s,
                array.as_ptr(),
                array.len() as u32,
                &mut received,
                &mut flags,
                ::core::ptr::null_mut(),
                ::core::option::Option::None,
            )
        }
    }
}

#[socket_lifecycle(no_routing)]
#[allow(dead_code)]
fn not_routed<'a>(s: &'a SOCKET) -> &'a SOCKET {
    s
}

fn main() {
    let socket = ::socket_lifecycle::raw::INVALID_SOCKET;
    let _winsock = ::socket_lifecycle::Winsock::start();
    ::core::assert_eq!(socket.close(), SOCKET_ERROR);
    ::core::assert_eq!(unsafe { inline::receive(socket, &mut [0], 1) }, SOCKET_ERROR);
    ::core::assert_eq!(in_const(1).l_onoff, 1);
    let _ = unsafe { in_async(socket, 1) };
}
