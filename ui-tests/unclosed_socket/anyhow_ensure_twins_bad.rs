//! Twins of one function for windows and unix; in the Windows body `ensure!` leaves with the socket open.

use anyhow::{Result, bail, ensure};

#[cfg(windows)]
mod c {
    pub use libc::{SOCKET, bind, getsockname, sockaddr, socket};

    pub const INVALID_SOCKET: SOCKET = usize::MAX;

    #[link(name = "ws2_32")]
    unsafe extern "system" {
        pub fn closesocket(s: SOCKET) -> i32;
    }
}

/// A UDP port that was free a moment ago.
#[cfg(windows)]
pub fn free_udp_port() -> Result<u16> {
    let mut addr: c::sockaddr = unsafe { std::mem::zeroed() };
    addr.sa_family = 2;
    let mut len = size_of::<c::sockaddr>() as i32;

    let probe = unsafe { c::socket(2, 2, 0) }; //~ unclosed_socket
    if probe == c::INVALID_SOCKET {
        bail!("no socket: {}", std::io::Error::last_os_error());
    }
    let bound = unsafe { c::bind(probe, &addr, len) };
    ensure!(bound == 0, "bind: {}", std::io::Error::last_os_error());
    let named = unsafe { c::getsockname(probe, &mut addr, &mut len) };
    unsafe { c::closesocket(probe) };
    ensure!(named == 0, "the port is unknown");

    let port = u16::from_be_bytes([addr.sa_data[0] as u8, addr.sa_data[1] as u8]);
    ensure!(port != 0, "port zero");
    Ok(port)
}

#[cfg(unix)]
pub fn free_udp_port() -> Result<u16> {
    let probe = std::net::UdpSocket::bind("0.0.0.0:0")?;
    let port = probe.local_addr()?.port();
    ensure!(port != 0, "port zero");
    if port == u16::MAX {
        bail!("out of ports");
    }
    Ok(port)
}
