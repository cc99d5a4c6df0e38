//! A Receipt is made when the peer has closed in answer to the shutdown; the result of the lingering close is still checked.

use std::io;

mod c {
    pub type Socket = usize;

    #[repr(C)]
    pub struct Linger {
        pub l_onoff: u16,
        pub l_linger: u16,
    }

    #[link(name = "ws2_32")]
    unsafe extern "system" {
        pub fn accept(s: Socket, addr: *mut u8, len: *mut i32) -> Socket;
        pub fn recv(s: Socket, buf: *mut u8, len: i32, flags: i32) -> i32;
        pub fn send(s: Socket, buf: *const u8, len: i32, flags: i32) -> i32;
        pub fn shutdown(s: Socket, how: i32) -> i32;
        pub fn setsockopt(s: Socket, level: i32, name: i32, value: *const u8, len: i32) -> i32;
        pub fn closesocket(s: Socket) -> i32;
    }
}

fn cvt(res: i32) -> io::Result<i32> {
    if res == -1 { Err(io::Error::last_os_error()) } else { Ok(res) }
}

/// Proof that the peer has received the answer.
#[derive(Debug)]
pub struct Receipt {
    pub bytes: usize,
}

fn serve(s: c::Socket, answer: &[u8]) -> io::Result<usize> {
    let patient = c::Linger { l_onoff: 1, l_linger: 12 };
    cvt(unsafe { c::setsockopt(s, 0xffff, 0x80, (&raw const patient).cast(), 4) })?;
    let n = cvt(unsafe { c::send(s, answer.as_ptr(), answer.len() as i32, 0) })?;
    cvt(unsafe { c::shutdown(s, 1) })?;
    let mut byte = 0u8;
    if cvt(unsafe { c::recv(s, &mut byte, 1, 0) })? != 0 {
        return Err(io::ErrorKind::InvalidData.into());
    }
    Ok(n as usize)
}

/// Serves one client of a blocking listener.
pub fn answer_next(listener: c::Socket, answer: &[u8]) -> io::Result<Receipt> {
    let s = unsafe { c::accept(listener, std::ptr::null_mut(), std::ptr::null_mut()) };
    if s == c::Socket::MAX {
        return Err(io::Error::last_os_error());
    }
    match serve(s, answer) {
        Ok(bytes) => {
            let receipt = Receipt { bytes };
            cvt(unsafe { c::closesocket(s) })?;
            Ok(receipt)
        }
        Err(e) => {
            unsafe { c::closesocket(s) };
            Err(e)
        }
    }
}
