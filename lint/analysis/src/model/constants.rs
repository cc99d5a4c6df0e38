//! Values of the constants that code compares with.

/// The value of a constant of the Windows API, by its name.
pub fn constant(name: &str) -> Option<i128> {
    TABLE
        .binary_search_by(|(key, _)| (*key).cmp(name))
        .ok()
        .map(|index| TABLE[index].1)
}

/// Sorted by name.
const TABLE: &[(&str, i128)] = &[
    ("AF_ATM", 22),
    ("AF_INET", 2),
    ("AF_INET6", 23),
    ("AF_IRDA", 26),
    ("AF_UNIX", 1),
    ("AF_UNSPEC", 0),
    ("ERROR_INVALID_HANDLE", 6),
    ("ERROR_IO_INCOMPLETE", 996),
    ("ERROR_IO_PENDING", 997),
    ("ERROR_NOT_FOUND", 1168),
    ("ERROR_OPERATION_ABORTED", 995),
    ("ERROR_SUCCESS", 0),
    ("FALSE", 0),
    ("FD_ACCEPT", 8),
    ("FD_ALL_EVENTS", 1023),
    ("FD_CLOSE", 32),
    ("FD_CONNECT", 16),
    ("FD_OOB", 4),
    ("FD_READ", 1),
    ("FD_WRITE", 2),
    ("FIOASYNC", 0x8004_667d),
    ("FIONBIO", 0x8004_667e),
    ("FIONREAD", 0x4004_667f),
    ("FROM_PROTOCOL_INFO", -1),
    ("INFINITE", 0xffff_ffff),
    ("INVALID_HANDLE_VALUE", -1),
    ("INVALID_SOCKET", u64::MAX as i128),
    ("IPPROTO_ICMP", 1),
    ("IPPROTO_IP", 0),
    ("IPPROTO_IPV6", 41),
    ("IPPROTO_TCP", 6),
    ("IPPROTO_UDP", 17),
    ("MAX_PATH", 260),
    ("NO_ERROR", 0),
    ("PF_ATM", 22),
    ("PF_INET", 2),
    ("PF_INET6", 23),
    ("PF_IRDA", 26),
    ("SD_BOTH", 2),
    ("SD_RECEIVE", 0),
    ("SD_SEND", 1),
    ("SIO_GET_EXTENSION_FUNCTION_POINTER", 0xc800_0006),
    ("SOCKET_ERROR", -1),
    ("SOCK_DGRAM", 2),
    ("SOCK_RAW", 3),
    ("SOCK_RDM", 4),
    ("SOCK_SEQPACKET", 5),
    ("SOCK_STREAM", 1),
    ("SOL_SOCKET", 0xffff),
    ("SO_BROADCAST", 0x20),
    ("SO_DONTLINGER", -129),
    ("SO_ERROR", 0x1007),
    ("SO_KEEPALIVE", 8),
    ("SO_LINGER", 0x80),
    ("SO_RCVBUF", 0x1002),
    ("SO_RCVTIMEO", 0x1006),
    ("SO_REUSEADDR", 4),
    ("SO_SNDBUF", 0x1001),
    ("SO_SNDTIMEO", 0x1005),
    ("SO_TYPE", 4104),
    ("SO_UPDATE_ACCEPT_CONTEXT", 0x700b),
    ("SO_UPDATE_CONNECT_CONTEXT", 0x7010),
    ("STATUS_PENDING", 259),
    ("TRUE", 1),
    ("WAIT_FAILED", 0xffff_ffff),
    ("WAIT_IO_COMPLETION", 192),
    ("WAIT_OBJECT_0", 0),
    ("WAIT_TIMEOUT", 258),
    ("WSAEACCES", 10013),
    ("WSAEADDRINUSE", 10048),
    ("WSAEAFNOSUPPORT", 10047),
    ("WSAEALREADY", 10037),
    ("WSAECONNABORTED", 10053),
    ("WSAECONNREFUSED", 10061),
    ("WSAECONNRESET", 10054),
    ("WSAEFAULT", 10014),
    ("WSAEINPROGRESS", 10036),
    ("WSAEINTR", 10004),
    ("WSAEINVAL", 10022),
    ("WSAEISCONN", 10056),
    ("WSAEMFILE", 10024),
    ("WSAEMSGSIZE", 10040),
    ("WSAENETDOWN", 10050),
    ("WSAENOBUFS", 10055),
    ("WSAENOTCONN", 10057),
    ("WSAENOTSOCK", 10038),
    ("WSAEOPNOTSUPP", 10045),
    ("WSAEPROTOTYPE", 10041),
    ("WSAESHUTDOWN", 10058),
    ("WSAETIMEDOUT", 10060),
    ("WSAEWOULDBLOCK", 10035),
    ("WSANOTINITIALISED", 10093),
    ("WSA_FLAG_NO_HANDLE_INHERIT", 0x80),
    ("WSA_FLAG_OVERLAPPED", 1),
    ("WSA_INFINITE", 0xffff_ffff),
    ("WSA_INVALID_EVENT", 0),
    ("WSA_IO_INCOMPLETE", 996),
    ("WSA_IO_PENDING", 997),
    ("WSA_OPERATION_ABORTED", 995),
    ("WSA_WAIT_EVENT_0", 0),
    ("WSA_WAIT_FAILED", 0xffff_ffff),
    ("WSA_WAIT_IO_COMPLETION", 192),
    ("WSA_WAIT_TIMEOUT", 258),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(TABLE.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert_eq!(constant("WSAEWOULDBLOCK"), Some(10035));
        assert_eq!(constant("nothing"), None);
    }
}
