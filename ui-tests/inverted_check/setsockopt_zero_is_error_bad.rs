//! An option setter reports an error exactly when setsockopt succeeded.

use std::io;
use std::net::UdpSocket;
use std::os::windows::io::{AsRawSocket, RawSocket};

fn set_option<T>(socket: RawSocket, level: i32, name: i32, value: &T) -> io::Result<()> {
    use windows_sys::Win32::Networking::WinSock::{SOCKET, setsockopt};

    let rc = unsafe { setsockopt(socket as SOCKET, level, name, (value as *const T).cast(), size_of::<T>() as i32) };
    if rc == 0 { //~ inverted_check
        return Err(io::Error::last_os_error());
    }
    Ok(())
}

pub trait UdpExt: AsRawSocket {
    fn set_receive_buffer(&self, bytes: u32) -> io::Result<()>;
    fn set_dont_fragment(&self, on: bool) -> io::Result<()>;
}

impl UdpExt for UdpSocket {
    fn set_receive_buffer(&self, bytes: u32) -> io::Result<()> {
        use windows_sys::Win32::Networking::WinSock::{SO_RCVBUF, SOL_SOCKET};
        set_option(self.as_raw_socket(), SOL_SOCKET, SO_RCVBUF, &bytes)
    }

    fn set_dont_fragment(&self, on: bool) -> io::Result<()> {
        use windows_sys::Win32::Networking::WinSock::{IP_DONTFRAGMENT, IPPROTO_IP};
        set_option(self.as_raw_socket(), IPPROTO_IP, IP_DONTFRAGMENT, &u32::from(on))
    }
}
