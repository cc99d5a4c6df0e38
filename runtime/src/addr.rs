//! Socket addresses between std's types and Winsock's structures.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};

use crate::ErrorKind;
use windows_sys::Win32::Networking::WinSock::{
    ADDRESS_FAMILY, AF_INET, AF_INET6, IN_ADDR, IN_ADDR_0, IN6_ADDR, IN6_ADDR_0, SOCKADDR,
    SOCKADDR_IN, SOCKADDR_IN6, SOCKADDR_IN6_0,
};

/// Room for an IPv4 or IPv6 address, laid out as Winsock wants it.
#[repr(C)]
pub(crate) union SockAddr {
    v4: SOCKADDR_IN,
    v6: SOCKADDR_IN6,
}

/// The size of `T` as Winsock's `namelen` and `optlen` parameters want it: these structures have
/// a few dozen bytes.
pub(crate) const fn size<T>() -> i32 {
    size_of::<T>() as i32
}

impl SockAddr {
    /// An address to be filled in by a call.
    pub(crate) fn empty() -> SockAddr {
        SockAddr {
            v6: SOCKADDR_IN6::default(),
        }
    }

    /// `addr` and its length.
    pub(crate) fn new(addr: SocketAddr) -> (SockAddr, i32) {
        match addr {
            SocketAddr::V4(addr) => {
                let v4 = SOCKADDR_IN {
                    sin_family: AF_INET,
                    sin_port: addr.port().to_be(),
                    sin_addr: IN_ADDR {
                        S_un: IN_ADDR_0 {
                            S_addr: u32::from_ne_bytes(addr.ip().octets()),
                        },
                    },
                    sin_zero: [0; 8],
                };
                (SockAddr { v4 }, size::<SOCKADDR_IN>())
            }
            SocketAddr::V6(addr) => {
                let v6 = SOCKADDR_IN6 {
                    sin6_family: AF_INET6,
                    sin6_port: addr.port().to_be(),
                    sin6_flowinfo: addr.flowinfo(),
                    sin6_addr: IN6_ADDR {
                        u: IN6_ADDR_0 {
                            Byte: addr.ip().octets(),
                        },
                    },
                    Anonymous: SOCKADDR_IN6_0 {
                        sin6_scope_id: addr.scope_id(),
                    },
                };
                (SockAddr { v6 }, size::<SOCKADDR_IN6>())
            }
        }
    }

    pub(crate) fn as_ptr(&self) -> *const SOCKADDR {
        (&raw const *self).cast()
    }

    pub(crate) fn as_mut_ptr(&mut self) -> *mut SOCKADDR {
        (&raw mut *self).cast()
    }

    /// The address that a call wrote here, if it is IPv4 or IPv6.
    pub(crate) fn get(&self, len: i32) -> Option<SocketAddr> {
        // SAFETY: `self` is readable for its own size, and `len` is cut to that.
        unsafe { read(self.as_ptr(), len.min(size::<SockAddr>())) }
    }
}

/// Reads an address given to a call.
///
/// # Safety
/// `addr` is null or readable for `len` bytes.
pub(crate) unsafe fn read(addr: *const SOCKADDR, len: i32) -> Option<SocketAddr> {
    if addr.is_null() || len < size::<ADDRESS_FAMILY>() {
        return None;
    }
    // SAFETY: readable for at least the family, as just checked. Nothing is said of alignment.
    let family = unsafe { addr.cast::<ADDRESS_FAMILY>().read_unaligned() };
    match family {
        AF_INET if len >= size::<SOCKADDR_IN>() => {
            // SAFETY: readable for the structure's size, as just checked.
            let v4 = unsafe { addr.cast::<SOCKADDR_IN>().read_unaligned() };
            // SAFETY: every field of this union is plain data.
            let ip = Ipv4Addr::from(unsafe { v4.sin_addr.S_un.S_addr }.to_ne_bytes());
            Some(SocketAddrV4::new(ip, u16::from_be(v4.sin_port)).into())
        }
        AF_INET6 if len >= size::<SOCKADDR_IN6>() => {
            // SAFETY: readable for the structure's size, as just checked.
            let v6 = unsafe { addr.cast::<SOCKADDR_IN6>().read_unaligned() };
            // SAFETY: every field of this union is plain data.
            let ip = Ipv6Addr::from(unsafe { v6.sin6_addr.u.Byte });
            // SAFETY: every field of this union is plain data.
            let scope = unsafe { v6.Anonymous.sin6_scope_id };
            let port = u16::from_be(v6.sin6_port);
            Some(SocketAddrV6::new(ip, port, v6.sin6_flowinfo, scope).into())
        }
        _ => None,
    }
}

/// Writes an address where a call was asked to.
///
/// # Errors
/// [`ErrorKind::Fault`] if it does not fit.
///
/// # Safety
/// `len` is null or writable, and `name` is null or writable for as many bytes as `len` says.
pub(crate) unsafe fn write(
    addr: SocketAddr,
    name: *mut SOCKADDR,
    len: *mut i32,
) -> Result<(), ErrorKind> {
    let (raw, needed) = SockAddr::new(addr);
    // SAFETY: `len` is readable where it is not null.
    if name.is_null() || len.is_null() || unsafe { *len } < needed {
        return Err(ErrorKind::Fault);
    }
    // SAFETY: `name` has room for `needed` bytes, as just checked, and `raw` has that many.
    unsafe {
        name.cast::<u8>()
            .copy_from_nonoverlapping(raw.as_ptr().cast(), needed as usize);
        *len = needed;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_goes_there_and_back() {
        for text in ["127.0.0.1:80", "[::1]:65535", "[fe80::1%7]:443"] {
            let addr: SocketAddr = text.parse().expect("an address");
            let (raw, len) = SockAddr::new(addr);
            assert_eq!(raw.get(len), Some(addr));
        }
    }

    #[test]
    fn a_short_or_foreign_address_is_none() {
        let (raw, len) = SockAddr::new(([127, 0, 0, 1], 80).into());
        assert_eq!(raw.get(len - 1), None);
        assert_eq!(SockAddr::empty().get(size::<SockAddr>()), None);
        // SAFETY: a null pointer is allowed.
        assert_eq!(unsafe { read(std::ptr::null(), 16) }, None);
    }
}
