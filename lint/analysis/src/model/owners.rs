//! Types of std and of the ecosystem whose drop closes the socket they hold.

use super::winsock::{Effect, FnRow, How, Step, method_row, setter_row};

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

/// Whether sockets of the crate are nonblocking from the start.
pub fn is_async(root: &str) -> bool {
    !matches!(
        root,
        "std" | "socket2" | "socket2_03" | "net2" | "uds_windows" | "io_lifetimes" | "rustix"
    )
}

/// What the methods of owners do to their socket, as far as it is followed.
pub fn method(name: &str, arguments: usize) -> Option<&'static FnRow> {
    let row = METHODS.iter().find(|row| row.name == name);
    // `read_u8`, `write_all_at`: extension traits have many.
    let row = row.or_else(|| match name.split('_').next() {
        Some("read" | "recv") => Some(&READ),
        Some("write") => Some(&WRITE),
        _ => None,
    })?;
    match row.step {
        // tokio's asks no questions.
        Step::Shutdown(_) if arguments == 0 => Some(&SHUTDOWN_SENDING),
        _ => Some(row),
    }
}

/// Whether a method of an owner neither sends nor receives, and sets nothing that is followed.
pub fn is_plain_method(name: &str) -> bool {
    let set = name.strip_prefix("set_");
    set.is_some_and(|what| !what.contains("linger") && !what.contains("blocking"))
        || ["as_", "is_", "join_", "leave_", "try_clone"]
            .iter()
            .any(|start| name.starts_with(start))
        || matches!(
            name,
            "local_addr"
                | "peer_addr"
                | "take_error"
                | "linger"
                | "nodelay"
                | "ttl"
                | "only_v6"
                | "broadcast"
                | "keepalive"
                | "read_timeout"
                | "write_timeout"
                | "recv_buffer_size"
                | "send_buffer_size"
                | "flush"
                | "by_ref"
                | "clone"
                | "incoming"
                | "split"
                | "register"
                | "reregister"
                | "deregister"
                | "reuse_address"
                | "nonblocking"
                | "domain"
                | "type"
                | "r#type"
                | "protocol"
        )
}

/// `set_nonblocking`
pub static SET_NONBLOCKING: FnRow = setter_row(
    "set_nonblocking",
    Effect::Ioctl {
        socket: 0,
        command: 0,
        argument: 0,
    },
);

/// `set_linger`
pub static SET_LINGER: FnRow = setter_row(
    "set_linger",
    Effect::SetOption {
        socket: 0,
        level: 0,
        name: 0,
        value: 0,
    },
);

static SHUTDOWN_SENDING: FnRow = method_row("shutdown", Step::Shutdown(How::Send));

static READ: FnRow = method_row("read", Step::Receive);
static WRITE: FnRow = method_row("write", Step::Send);

static METHODS: &[FnRow] = &[
    method_row("bind", Step::Bind),
    method_row("listen", Step::Listen),
    method_row("connect", Step::Connect),
    method_row("connect_timeout", Step::Connect),
    method_row("send", Step::Send),
    method_row("send_all", Step::Send),
    method_row("send_vectored", Step::Send),
    method_row("send_with_flags", Step::Send),
    method_row("write", Step::Send),
    method_row("write_all", Step::Send),
    method_row("write_all_buf", Step::Send),
    method_row("write_buf", Step::Send),
    method_row("write_fmt", Step::Send),
    method_row("write_vectored", Step::Send),
    method_row("try_write", Step::Send),
    method_row("send_to", Step::SendTo),
    method_row("recv", Step::Receive),
    method_row("recv_from", Step::Receive),
    method_row("peek", Step::Receive),
    method_row("read", Step::Receive),
    method_row("read_exact", Step::Receive),
    method_row("read_to_end", Step::Receive),
    method_row("read_to_string", Step::Receive),
    method_row("read_buf", Step::Receive),
    method_row("try_read", Step::Receive),
    method_row("shutdown", Step::Shutdown(How::Argument(0))),
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
