//! The project's own LINGER, filled by raw writes: two seconds.

use std::mem::MaybeUninit;
use std::ptr::addr_of_mut;

#[repr(C)]
#[allow(non_snake_case, clippy::upper_case_acronyms)]
struct LINGER {
    l_onoff: u16,
    l_linger: u16,
}

#[link(name = "ws2_32")]
unsafe extern "system" {
    fn setsockopt(s: usize, level: i32, optname: i32, optval: *const u8, optlen: i32) -> i32;
}

const SOL_SOCKET: i32 = 0xffff;
const SO_LINGER: i32 = 0x0080;

pub fn linger(socket: usize) -> i32 {
    let mut linger = MaybeUninit::<LINGER>::uninit();
    let p = linger.as_mut_ptr();
    unsafe {
        addr_of_mut!((*p).l_onoff).write(1);
        addr_of_mut!((*p).l_linger).write(2);
        setsockopt(socket, SOL_SOCKET, SO_LINGER, p.cast(), size_of::<LINGER>() as i32)
    }
}
