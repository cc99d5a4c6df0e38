//! Types of std and of the ecosystem whose drop closes the socket they hold.

/// How an owner behaves.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum OwnerKind {
    /// A connected stream, or a type for any kind of socket.
    Socket,
    /// A listener.
    Listener,
    /// A datagram socket.
    Datagram,
}

/// Whether a type, by its canonical path, owns a socket.
pub fn owner(path: &str) -> Option<OwnerKind> {
    let root = path.split("::").next()?;
    let last = path.rsplit("::").next()?;
    let (_, _, kind) = TABLE
        .iter()
        .find(|(crates, name, _)| *name == last && crates.contains(&root))?;
    Some(*kind)
}

const NET: &[&str] = &[
    "std",
    "mio",
    "tokio",
    "async_std",
    "async_net",
    "smol",
    "monoio",
    "compio",
    "mio_07",
    "mio_080",
];

const TABLE: &[(&[&str], &str, OwnerKind)] = &[
    (NET, "TcpStream", OwnerKind::Socket),
    (NET, "TcpListener", OwnerKind::Listener),
    (NET, "UdpSocket", OwnerKind::Datagram),
    (
        &["std", "io_lifetimes", "rustix"],
        "OwnedSocket",
        OwnerKind::Socket,
    ),
    (&["rustix", "io_lifetimes"], "OwnedFd", OwnerKind::Socket),
    (&["tokio"], "TcpSocket", OwnerKind::Socket),
    (&["mio"], "TcpSocket", OwnerKind::Socket),
    (&["socket2", "socket2_03"], "Socket", OwnerKind::Socket),
    (&["net2"], "TcpBuilder", OwnerKind::Socket),
    (&["net2"], "UdpBuilder", OwnerKind::Datagram),
    (&["uds_windows"], "UnixStream", OwnerKind::Socket),
    (&["uds_windows"], "UnixListener", OwnerKind::Listener),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owners_are_told_by_crate_and_name() {
        assert_eq!(owner("std::net::TcpListener"), Some(OwnerKind::Listener));
        assert_eq!(owner("socket2::Socket"), Some(OwnerKind::Socket));
        assert_eq!(owner("mycrate::Socket"), None);
    }
}
