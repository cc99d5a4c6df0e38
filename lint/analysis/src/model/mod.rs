//! The Winsock API as data.
//!
//! What a function acquires, releases, uses, sets, starts and completes is a
//! row in [`winsock`]; constants are rows in [`constants`]; owning types are
//! rows in [`owners`]. Everything is looked up by the canonical path that
//! `names` found (`windows_sys::Win32::Networking::WinSock::closesocket`); of
//! such a path the crate says which signatures apply and the last segment
//! which row.

mod constants;
mod owners;
mod winsock;

pub use constants::constant;
pub use owners::{
    OwnerKind, SET_LINGER, SET_NONBLOCKING, is_async, is_plain_method as is_plain_owner_method,
    method as owner_method, owner,
};
pub use winsock::{ACCEPT, Effect, Fails, FnRow, How, INTERNAL, OverlappedArgs, Step};

/// Which shape of signatures a binding crate has.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Abi {
    /// As in C: windows-sys, winapi, libc, ws2_32-sys, `extern` blocks.
    C,
    /// The `windows` crate: `Result`s, slices and `Option`s.
    Rust,
}

/// The types that mean something to the analysis wherever they come from.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum TypeClass {
    /// `SOCKET`, `RawSocket`.
    Socket,
    /// A type whose drop closes its socket.
    Owner(OwnerKind),
}

fn split(path: &str) -> (&str, &str) {
    let root = path.split("::").next().unwrap_or(path);
    let last = path.rsplit("::").next().unwrap_or(path);
    (root, last)
}

/// Whether the crate is a binding to the Windows API, and with which signatures.
pub fn binding_abi(root: &str) -> Option<Abi> {
    match root {
        "windows" => Some(Abi::Rust),
        "windows_sys" | "winapi" | "libc" | "ws2_32" | "kernel32" | "windows_targets" | "?" => {
            Some(Abi::C)
        }
        _ => None,
    }
}

/// The row of a foreign function, by its canonical path.
pub fn function(path: &str) -> Option<&'static FnRow> {
    let (root, last) = split(path);
    let abi = binding_abi(root)?;
    if root == "?" && path.matches("::").count() > 1 {
        return None;
    }
    winsock::row_of(last, abi, root == "libc")
}

/// The row of a function that an `extern` block of the sources declares.
pub fn foreign_function(name: &str) -> Option<&'static FnRow> {
    winsock::row_of(name, Abi::C, true)
}

/// The type of the pointer to a function of an extension that a name such as `ConnectExFn` stands for.
pub fn extension_pointer(name: &str) -> Option<&'static str> {
    let plain: String = name
        .chars()
        .filter(|c| *c != '_')
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let plain = plain.trim_start_matches("lpfn").trim_start_matches("pfn");
    let plain = plain.trim_end_matches("fn").trim_end_matches("func");
    Some(match plain {
        "acceptex" => "LPFN_ACCEPTEX",
        "connectex" => "LPFN_CONNECTEX",
        "disconnectex" => "LPFN_DISCONNECTEX",
        "transmitfile" => "LPFN_TRANSMITFILE",
        "transmitpackets" => "LPFN_TRANSMITPACKETS",
        "wsarecvmsg" | "recvmsg" => "LPFN_WSARECVMSG",
        "wsasendmsg" | "sendmsg" => "LPFN_WSASENDMSG",
        _ => return None,
    })
}

/// Whether a function of the bindings that has no row is Winsock's, and asks for a start-up.
pub fn is_winsock_function(path: &str) -> bool {
    let Some((module, last)) = path.rsplit_once("::") else {
        return false;
    };
    let module = matches!(split(module).1, "WinSock" | "winsock2" | "ws2tcpip");
    // Types' names are in capitals.
    module
        && last.contains(|c: char| c.is_ascii_lowercase())
        && winsock::row_of(last, Abi::C, false).is_none()
        && !last.starts_with("inet_")
        && !last.starts_with("Inet")
        && !last.starts_with("ntoh")
        && !last.starts_with("hton")
        && !last.contains("FDIsSet")
        && !last.to_ascii_lowercase().starts_with("freeaddrinfo")
}

/// What a type is, by its canonical path.
pub fn type_class(path: &str) -> Option<TypeClass> {
    let (_, last) = split(path);
    match last {
        "SOCKET" | "RawSocket" => Some(TypeClass::Socket),
        _ => owner(path).map(TypeClass::Owner),
    }
}

/// Whether the name is Winsock's wherever it occurs: nobody else has functions so named.
pub fn is_distinctive(name: &str) -> bool {
    matches!(
        name,
        "closesocket"
            | "ioctlsocket"
            | "INVALID_SOCKET"
            | "AcceptEx"
            | "ConnectEx"
            | "DisconnectEx"
    ) || (name.starts_with("WSA")
        && (winsock::row_of(name, Abi::C, false).is_some() || constant(name).is_some()))
}

/// The extension function that a name in capitals is about: `CONNECTEX` in `WSAID_CONNECTEX`, `LPFN_CONNECTEX`.
pub fn extension_function(capitals: &str) -> Option<&'static str> {
    let functions = [
        "AcceptEx",
        "ConnectEx",
        "DisconnectEx",
        "TransmitFile",
        "TransmitPackets",
        "WSARecvMsg",
        "WSASendMsg",
    ];
    functions
        .into_iter()
        .find(|function| function.to_ascii_uppercase() == capitals)
}

/// Whether the model has a function, constant or type of that name.
pub fn is_known_name(name: &str) -> bool {
    winsock::row_of(name, Abi::C, false).is_some()
        || constant(name).is_some()
        || matches!(name, "SOCKET")
}

/// Whether a canonical path of a foreign crate is something that the model knows.
pub fn knows(path: &str) -> bool {
    let (root, last) = split(path);
    match root {
        "std" => STD_GLOBS.contains(&last),
        _ => {
            binding_abi(root).is_some()
                && (is_known_name(last)
                    || BINDING_TYPES.contains(&last)
                    || (root == "libc" && last == "close"))
        }
    }
}

/// What glob imports of std bring that matters here.
const STD_GLOBS: &[&str] = &[
    "AsRawSocket",
    "FromRawSocket",
    "IntoRawSocket",
    "RawSocket",
    "OwnedSocket",
    "BorrowedSocket",
    "AsSocket",
    "TcpStream",
    "TcpListener",
    "UdpSocket",
    "SocketAddr",
    "ManuallyDrop",
    "MaybeUninit",
    "Read",
    "Write",
    "Arc",
    "Mutex",
    "Result",
    "Error",
    "forget",
    "zeroed",
    "null",
    "null_mut",
    "size_of",
    "spawn",
];

/// Types of the bindings that the analysis builds values of.
const BINDING_TYPES: &[&str] = &[
    "OVERLAPPED",
    "WSAOVERLAPPED",
    "WSABUF",
    "LINGER",
    "linger",
    "WSADATA",
    "WSAMSG",
    "HANDLE",
    "LPFN_ACCEPTEX",
    "LPFN_CONNECTEX",
    "LPFN_DISCONNECTEX",
    "LPFN_TRANSMITFILE",
    "LPFN_TRANSMITPACKETS",
    "LPFN_WSARECVMSG",
    "LPFN_WSASENDMSG",
    "SOCKADDR",
];

/// The names that make a file worth parsing.
pub fn selection_patterns() -> Vec<&'static str> {
    vec![
        "closesocket",
        "WSA",
        "ioctlsocket",
        "INVALID_SOCKET",
        "AcceptEx",
        "ConnectEx",
        "raw_socket",
        "RawSocket",
        "OwnedSocket",
        "WinSock",
        "winsock2",
        "ws2_32",
        "SOCKET",
        "socket2",
        "set_linger",
        "set_zero_linger",
        "socket_lifecycle",
    ]
}
