//! A type whose Drop closes gets a linger time in an async block and is moved to a thread that drops it.

use std::io;

mod raw {
    #[link(name = "ws2_32")]
    unsafe extern "system" {
        pub fn socket(af: i32, kind: i32, protocol: i32) -> usize;
        pub fn connect(s: usize, name: *const u8, len: i32) -> i32;
        pub fn send(s: usize, buf: *const u8, len: i32, flags: i32) -> i32;
        pub fn setsockopt(s: usize, level: i32, name: i32, value: *const u8, len: i32) -> i32;
        pub fn closesocket(s: usize) -> i32;
    }

    #[repr(C)]
    pub struct Linger {
        pub l_onoff: u16,
        pub l_linger: u16,
    }

    pub const SOL_SOCKET: i32 = 0xffff;
    pub const SO_LINGER: i32 = 0x80;
}

pub struct Wire(usize);

impl Wire {
    fn open(name: &[u8; 16]) -> io::Result<Wire> {
        let s = unsafe { raw::socket(2, 1, 6) };
        if s == usize::MAX {
            return Err(io::Error::last_os_error());
        }
        let wire = Wire(s);
        if unsafe { raw::connect(wire.0, name.as_ptr(), 16) } != 0 {
            return Err(io::Error::last_os_error());
        }
        Ok(wire)
    }

    fn write(&self, data: &[u8]) -> io::Result<()> {
        match unsafe { raw::send(self.0, data.as_ptr(), data.len() as i32, 0) } {
            -1 => Err(io::Error::last_os_error()),
            _ => Ok(()),
        }
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        unsafe { raw::closesocket(self.0) };
    }
}

pub fn push(name: [u8; 16], data: Vec<u8>) -> impl Future<Output = io::Result<()>> + Send {
    async move {
        let wire = Wire::open(&name)?;
        let seconds = raw::Linger { l_onoff: 1, l_linger: 20 };
        unsafe { raw::setsockopt(wire.0, raw::SOL_SOCKET, raw::SO_LINGER, (&raw const seconds).cast(), 4) };
        let res = wire.write(&data).and_then(|()| wire.write(b"\n.\n"));
        tokio::task::spawn_blocking(move || drop(wire)).await.map_err(io::Error::other)?;
        res
    }
}
