//! A project's own declarations: the sender's address is written into the operation.

use std::ffi::c_void;
use std::ptr;

#[repr(C)]
pub struct Overlapped {
    internal: [usize; 2],
    offset: u64,
    event: *mut c_void,
}

#[repr(C)]
struct WsaBuf {
    len: u32,
    buf: *mut u8,
}

type Routine = Option<unsafe extern "system" fn(u32, u32, *mut Overlapped, u32)>;

#[link(name = "ws2_32")]
unsafe extern "system" {
    fn WSARecvFrom(s: usize, bufs: *const WsaBuf, count: u32, n: *mut u32, flags: *mut u32, from: *mut c_void, from_len: *mut i32, o: *mut Overlapped, r: Routine) -> i32;
    fn WSAGetLastError() -> i32;
}

const WSA_IO_PENDING: i32 = 997;

#[repr(C)]
pub struct Datagram {
    overlapped: Overlapped,
    from_len: i32,
    from: [u64; 16],
    bytes: [u8; 576],
}

pub unsafe fn listen_for(s: usize, d: *mut Datagram) -> Result<(), i32> {
    let from = &mut (*d).from;
    (*d).from_len = 128;
    let buf = WsaBuf { len: 576, buf: ptr::addr_of_mut!((*d).bytes).cast() };
    let (mut flags, from, from_len) = (0, from.as_mut_ptr().cast(), ptr::addr_of_mut!((*d).from_len));
    let r = WSARecvFrom(s, &buf, 1, ptr::null_mut(), &mut flags, from, from_len, ptr::addr_of_mut!((*d).overlapped), None);
    if r != 0 {
        let code = WSAGetLastError();
        if code != WSA_IO_PENDING {
            return Err(code);
        }
    }
    Ok(())
}
