//! Winsock's functions under their own names and signatures.
//!
//! On Windows each is the call to Ws2_32 (kernel32 for a few); elsewhere it is the call to the calling
//! thread's [model](crate::model). In a build that [tracks](crate::track) it is noted on the way; in
//! every other one it is the call and nothing else. The types and constants are those of windows-sys.

#![expect(non_snake_case, reason = "the functions have Winsock's names")]

pub use windows_sys::Win32::Foundation::{HANDLE, INVALID_HANDLE_VALUE, WAIT_EVENT};
pub use windows_sys::Win32::Networking::WinSock::{
    AF_INET, AF_INET6, FD_SET, FIONBIO, INVALID_SOCKET, IPPROTO_TCP, IPPROTO_UDP, LINGER,
    LPCONDITIONPROC, LPWSAOVERLAPPED_COMPLETION_ROUTINE, POLLERR, POLLHUP, POLLNVAL, POLLRDNORM,
    POLLWRNORM, QOS, SD_BOTH, SD_RECEIVE, SD_SEND, SO_DONTLINGER, SO_LINGER, SO_TYPE, SOCK_DGRAM,
    SOCK_STREAM, SOCKADDR, SOCKADDR_IN, SOCKET, SOCKET_ERROR, SOL_SOCKET, TIMEVAL,
    WSA_FLAG_NO_HANDLE_INHERIT, WSA_FLAG_OVERLAPPED, WSABUF, WSADATA, WSAEVENT, WSAPOLLFD,
    WSAPROTOCOL_INFOA, WSAPROTOCOL_INFOW,
};
pub use windows_sys::Win32::System::IO::OVERLAPPED;
pub use windows_sys::Win32::System::Threading::INFINITE;

use core::ffi::c_void;

use crate::{sys, track};

/// What a function is to the descriptor in its first parameter, and how it is called for it.
macro_rules! invoke {
    (uses $name:ident ($socket:ident $(, $arg:ident)*)) => {
        track::call(stringify!($name), $socket, || invoke!(plain $name ($socket $(, $arg)*)))
    };
    (opens $name:ident ($($arg:ident),*)) => {
        track::open(stringify!($name), || invoke!(plain $name ($($arg),*)))
    };
    (accepts $name:ident ($socket:ident $(, $arg:ident)*)) => {
        track::open(stringify!($name), || invoke!(uses $name ($socket $(, $arg)*)))
    };
    (closes $name:ident ($socket:ident)) => {
        track::close(stringify!($name), $socket, None, || invoke!(plain $name ($socket)))
    };
    (plain $name:ident ($($arg:ident),*)) => {
        // SAFETY: the caller keeps the same contract.
        unsafe { sys::$name($($arg),*) }
    };
}

/// Winsock has one contract for its functions, and says the rest on each one's page.
macro_rules! functions {
    ($($(#[$meta:meta])* $kind:ident fn $name:ident($($arg:ident: $ty:ty),*) -> $result:ty;)*) => {
        $(
            $(#[$meta])*
            ///
            /// # Safety
            /// Pointers are null where the function's page allows it, and else valid for as many
            /// bytes or elements as the length that goes with them says. What an overlapped
            /// operation was given stays valid until it has completed (O12).
            #[inline]
            #[track_caller]
            #[allow(clippy::too_many_arguments, reason = "Winsock's functions have as many")]
            pub unsafe fn $name($($arg: $ty),*) -> $result {
                invoke!($kind $name ($($arg),*))
            }
        )*
    };
}

functions! {
    /// Starts Winsock (O2). Returns the error code itself.
    plain fn WSAStartup(version: u16, data: *mut WSADATA) -> i32;
    /// Ends what one `WSAStartup` started (O2).
    plain fn WSACleanup() -> i32;
    /// The calling thread's last error (O1).
    plain fn WSAGetLastError() -> i32;
    /// Sets the calling thread's last error (O1).
    plain fn WSASetLastError(code: i32) -> ();

    /// Opens a socket, or returns `INVALID_SOCKET`; a `closesocket` must match it (O13).
    opens fn socket(family: i32, kind: i32, protocol: i32) -> SOCKET;
    /// Opens a socket, or returns `INVALID_SOCKET`; a `closesocket` must match it (O13).
    opens fn WSASocketA(
        family: i32,
        kind: i32,
        protocol: i32,
        info: *const WSAPROTOCOL_INFOA,
        group: u32,
        flags: u32
    ) -> SOCKET;
    /// Opens a socket, or returns `INVALID_SOCKET`; a `closesocket` must match it (O13).
    opens fn WSASocketW(
        family: i32,
        kind: i32,
        protocol: i32,
        info: *const WSAPROTOCOL_INFOW,
        group: u32,
        flags: u32
    ) -> SOCKET;
    /// Opens a socket for a connection that waits, or returns `INVALID_SOCKET`; a `closesocket` must
    /// match it (O13).
    accepts fn accept(s: SOCKET, name: *mut SOCKADDR, len: *mut i32) -> SOCKET;
    /// Opens a socket for a connection that waits, or returns `INVALID_SOCKET`; a `closesocket` must
    /// match it (O13).
    accepts fn WSAAccept(
        s: SOCKET,
        name: *mut SOCKADDR,
        len: *mut i32,
        condition: LPCONDITIONPROC,
        data: usize
    ) -> SOCKET;
    /// Closes a socket (O1 to O25).
    closes fn closesocket(s: SOCKET) -> i32;

    /// Gives a socket its address.
    uses fn bind(s: SOCKET, name: *const SOCKADDR, len: i32) -> i32;
    /// Makes a socket wait for connections.
    uses fn listen(s: SOCKET, backlog: i32) -> i32;
    /// Connects a socket.
    uses fn connect(s: SOCKET, name: *const SOCKADDR, len: i32) -> i32;
    /// Connects a socket.
    uses fn WSAConnect(
        s: SOCKET,
        name: *const SOCKADDR,
        len: i32,
        caller: *const WSABUF,
        callee: *mut WSABUF,
        sqos: *const QOS,
        gqos: *const QOS
    ) -> i32;
    /// Sends on a connection; what it queues is what a close may lose (O20 to O24).
    uses fn send(s: SOCKET, buffer: *const u8, len: i32, flags: i32) -> i32;
    /// Sends a datagram.
    uses fn sendto(
        s: SOCKET,
        buffer: *const u8,
        len: i32,
        flags: i32,
        to: *const SOCKADDR,
        tolen: i32
    ) -> i32;
    /// Receives on a connection; fails with `WSAECONNRESET` when the peer closed hard (O21).
    uses fn recv(s: SOCKET, buffer: *mut u8, len: i32, flags: i32) -> i32;
    /// Receives a datagram and its sender's address.
    uses fn recvfrom(
        s: SOCKET,
        buffer: *mut u8,
        len: i32,
        flags: i32,
        from: *mut SOCKADDR,
        fromlen: *mut i32
    ) -> i32;
    /// Ends one or both directions of a connection, before `closesocket` (O27).
    uses fn shutdown(s: SOCKET, how: i32) -> i32;
    /// Sets the mode of a socket, with `FIONBIO` (O23).
    uses fn ioctlsocket(s: SOCKET, command: i32, argument: *mut u32) -> i32;
    /// Sets the mode of a socket, with `FIONBIO` (O23), and much else.
    uses fn WSAIoctl(
        s: SOCKET,
        code: u32,
        input: *const c_void,
        input_len: u32,
        output: *mut c_void,
        output_len: u32,
        returned: *mut u32,
        overlapped: *mut OVERLAPPED,
        routine: LPWSAOVERLAPPED_COMPLETION_ROUTINE
    ) -> i32;
    /// Sets an option, for instance `SO_LINGER` (O14 to O18).
    uses fn setsockopt(s: SOCKET, level: i32, name: i32, value: *const u8, len: i32) -> i32;
    /// Reads an option, for instance `SO_LINGER` (O26).
    uses fn getsockopt(s: SOCKET, level: i32, name: i32, value: *mut u8, len: *mut i32) -> i32;
    /// The socket's own address.
    uses fn getsockname(s: SOCKET, name: *mut SOCKADDR, len: *mut i32) -> i32;
    /// The peer's address.
    uses fn getpeername(s: SOCKET, name: *mut SOCKADDR, len: *mut i32) -> i32;

    /// Sends, at once or overlapped: a close aborts it (O11), and its memory is Winsock's until it
    /// completes (O12).
    uses fn WSASend(
        s: SOCKET,
        buffers: *const WSABUF,
        len: u32,
        sent: *mut u32,
        flags: u32,
        overlapped: *mut OVERLAPPED,
        routine: LPWSAOVERLAPPED_COMPLETION_ROUTINE
    ) -> i32;
    /// Receives, at once or overlapped: a close aborts it (O11), and its memory is Winsock's until it
    /// completes (O12).
    uses fn WSARecv(
        s: SOCKET,
        buffers: *const WSABUF,
        len: u32,
        received: *mut u32,
        flags: *mut u32,
        overlapped: *mut OVERLAPPED,
        routine: LPWSAOVERLAPPED_COMPLETION_ROUTINE
    ) -> i32;
    /// Sends a datagram, at once or overlapped, as [`WSASend`].
    uses fn WSASendTo(
        s: SOCKET,
        buffers: *const WSABUF,
        len: u32,
        sent: *mut u32,
        flags: u32,
        to: *const SOCKADDR,
        tolen: i32,
        overlapped: *mut OVERLAPPED,
        routine: LPWSAOVERLAPPED_COMPLETION_ROUTINE
    ) -> i32;
    /// Receives a datagram and its sender's address, at once or overlapped, as [`WSARecv`]. Overlapped,
    /// the address and its length are the operation's too.
    uses fn WSARecvFrom(
        s: SOCKET,
        buffers: *const WSABUF,
        len: u32,
        received: *mut u32,
        flags: *mut u32,
        from: *mut SOCKADDR,
        fromlen: *mut i32,
        overlapped: *mut OVERLAPPED,
        routine: LPWSAOVERLAPPED_COMPLETION_ROUTINE
    ) -> i32;
    /// What became of an overlapped operation: its completion, if `wait` is not 0 (O12).
    uses fn WSAGetOverlappedResult(
        s: SOCKET,
        overlapped: *const OVERLAPPED,
        bytes: *mut u32,
        wait: i32,
        flags: *mut u32
    ) -> i32;
    /// Initiates the end of an overlapped operation, or of all of the socket's: they complete later
    /// (O12).
    plain fn CancelIoEx(file: HANDLE, overlapped: *const OVERLAPPED) -> i32;

    /// Creates an event that is reset by hand.
    plain fn WSACreateEvent() -> WSAEVENT;
    /// Signals an event.
    plain fn WSASetEvent(event: WSAEVENT) -> i32;
    /// Takes an event's signal back.
    plain fn WSAResetEvent(event: WSAEVENT) -> i32;
    /// Closes an event, which no operation may still name (O12).
    plain fn WSACloseEvent(event: WSAEVENT) -> i32;
    /// Waits for one event or all.
    plain fn WSAWaitForMultipleEvents(
        len: u32,
        events: *const HANDLE,
        all: i32,
        timeout: u32,
        alertable: i32
    ) -> WAIT_EVENT;
    /// Creates a completion port, or associates a socket with one.
    plain fn CreateIoCompletionPort(file: HANDLE, port: HANDLE, key: usize, threads: u32) -> HANDLE;
    /// Takes the next packet of a completion port.
    plain fn GetQueuedCompletionStatus(
        port: HANDLE,
        bytes: *mut u32,
        key: *mut usize,
        overlapped: *mut *mut OVERLAPPED,
        timeout: u32
    ) -> i32;
    /// Queues a packet to a completion port.
    plain fn PostQueuedCompletionStatus(
        port: HANDLE,
        bytes: u32,
        key: usize,
        overlapped: *const OVERLAPPED
    ) -> i32;
    /// Closes a completion port or an event, never a socket (O4).
    plain fn CloseHandle(handle: HANDLE) -> i32;
}

/// Waits until a socket is ready.
///
/// # Safety
/// `sockets` has `len` elements.
#[inline]
#[track_caller]
pub unsafe fn WSAPoll(sockets: *mut WSAPOLLFD, len: u32, timeout: i32) -> i32 {
    let all = || match sockets.is_null() {
        true => Vec::new(),
        // SAFETY: the caller's array has `len` elements.
        false => unsafe { std::slice::from_raw_parts(sockets, len as usize) }
            .iter()
            .map(|socket| socket.fd)
            .collect(),
    };
    // SAFETY: the caller keeps the same contract.
    track::call_all("WSAPoll", all, || unsafe {
        sys::WSAPoll(sockets, len, timeout)
    })
}

/// Waits until a socket is ready. The first parameter is ignored.
///
/// # Safety
/// Each set, and the timeout, is null or valid.
#[inline]
#[track_caller]
pub unsafe fn select(
    count: i32,
    readable: *mut FD_SET,
    writable: *mut FD_SET,
    broken: *mut FD_SET,
    timeout: *const TIMEVAL,
) -> i32 {
    let all = || {
        let mut sockets = Vec::new();
        for set in [readable, writable, broken] {
            // SAFETY: the caller's pointer is null or valid.
            if let Some(set) = unsafe { set.as_ref() } {
                let len = set.fd_array.len().min(set.fd_count as usize);
                sockets.extend_from_slice(&set.fd_array[..len]);
            }
        }
        sockets
    };
    // SAFETY: the caller keeps the same contract.
    track::call_all("select", all, || unsafe {
        sys::select(count, readable, writable, broken, timeout)
    })
}
