//! One row per function of the Windows API that does something to sockets,
//! their options, their operations or their errors.

use super::Abi;

/// What counts as failure of a call.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum Fails {
    /// `SOCKET_ERROR` (-1); success is 0.
    SocketError,
    /// -1; success is a count, 0 or more.
    SocketErrorCount,
    /// Anything but 0, and the value is the error code.
    Nonzero,
    /// `FALSE`; success is any other value.
    False,
    /// A null or invalid handle.
    NoHandle,
    /// `WAIT_FAILED` / `WAIT_TIMEOUT`; success is `WAIT_OBJECT_0`.
    WaitCode,
    /// The `windows` crate: `Err`.
    Result,
    /// It has no failure, or none that matters.
    Never,
}

/// Which arguments an overlapped call takes, by index.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub struct OverlappedArgs {
    /// The `OVERLAPPED`.
    pub overlapped: u8,
    /// The WSABUF array, whose *data* must live until completion.
    pub buffers: Option<u8>,
    /// Pointers that must themselves live until completion: data buffers,
    /// `lpFrom`, `lpFromlen`, `WSAMSG`, with the name that messages use.
    pub pinned: &'static [(u8, &'static str)],
    /// The completion routine.
    pub routine: Option<u8>,
}

/// What a call does, by argument index.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum Effect {
    /// The result is a new socket; `accept`'s inherits from its listener.
    Acquire {
        /// The listener.
        listener: Option<u8>,
    },
    /// `closesocket`
    Close(u8),
    /// A call on the socket that changes nothing we follow.
    Use(u8),
    /// Calls on two sockets (`AcceptEx`).
    Overlapped {
        /// The socket.
        socket: u8,
        /// A second one.
        second: Option<u8>,
        /// The rest.
        args: OverlappedArgs,
    },
    /// `ioctlsocket(s, cmd, &mut arg)`; `WSAIoctl(s, cmd, &arg, ..)`.
    Ioctl {
        /// The socket.
        socket: u8,
        /// `FIONBIO` or another.
        command: u8,
        /// Pointer to the value.
        argument: u8,
    },
    /// `WSAAsyncSelect`, `WSAEventSelect`: nonblocking from now on.
    EventSelect(u8),
    /// `setsockopt`
    SetOption {
        /// The socket.
        socket: u8,
        /// `SOL_SOCKET` or another.
        level: u8,
        /// The option.
        name: u8,
        /// Pointer to (or slice of) the value.
        value: u8,
    },
    /// `WSAGetOverlappedResult`, `GetOverlappedResult`.
    OverlappedResult {
        /// The `OVERLAPPED`.
        overlapped: u8,
        /// Whether it waits.
        wait: u8,
    },
    /// Waits on one handle.
    WaitOne {
        /// The handle.
        handle: u8,
        /// Milliseconds.
        timeout: u8,
        /// Whether the wait is alertable, if that is an argument.
        alertable: Option<u8>,
    },
    /// Waits on several handles: what they are is not followed.
    WaitMany {
        /// Milliseconds.
        timeout: u8,
        /// Whether the wait is alertable, if that is an argument.
        alertable: Option<u8>,
    },
    /// An alertable sleep.
    SleepEx,
    /// Dequeues a completion packet.
    Dequeue {
        /// Milliseconds.
        timeout: u8,
    },
    /// `HasOverlappedIoCompleted`
    HasCompleted(u8),
    /// Starts cancelling; completes nothing.
    Cancel,
    /// `CloseHandle` and the like.
    CloseHandle(u8),
    /// `WSACloseEvent`
    CloseEvent(u8),
    /// `_close` of the C runtime.
    CrtClose(u8),
    /// Makes an event, file or port handle, with the word for it.
    MakeHandle(&'static str),
    /// `WSAGetLastError`, `GetLastError`.
    LastError,
    /// `WSASetLastError`
    SetLastError,
    /// `WSAStartup`
    Startup,
    /// `WSACleanup`
    Cleanup,
    /// Ends the process.
    Exit,
    /// Reads its arguments, keeps nothing, changes nothing that we follow.
    Pure,
}

/// A row.
#[derive(Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FnRow {
    /// The function.
    pub name: &'static str,
    /// What it does.
    pub effect: Effect,
    /// What counts as failure.
    pub fails: Fails,
    /// Whether it is a Winsock call (sets the last error, counts as use).
    pub winsock: bool,
}

const fn row(name: &'static str, effect: Effect, fails: Fails) -> FnRow {
    FnRow {
        name,
        effect,
        fails,
        winsock: true,
    }
}

const fn other(name: &'static str, effect: Effect, fails: Fails) -> FnRow {
    FnRow {
        name,
        effect,
        fails,
        winsock: false,
    }
}

const fn overlapped(
    name: &'static str,
    second: Option<u8>,
    at: u8,
    buffers: Option<u8>,
    pinned: &'static [(u8, &'static str)],
    routine: Option<u8>,
    fails: Fails,
) -> FnRow {
    let args = OverlappedArgs {
        overlapped: at,
        buffers,
        pinned,
        routine,
    };
    let socket = if second.is_some() { 1 } else { 0 };
    let second = if second.is_some() { Some(0) } else { None };
    row(
        name,
        Overlapped {
            socket,
            second,
            args,
        },
        fails,
    )
}

use Effect::*;
use Fails::{False, Never, NoHandle, Nonzero, SocketError, SocketErrorCount, WaitCode};

/// As C declares them.
const C: &[FnRow] = &[
    row("socket", Acquire { listener: None }, Never),
    row("WSASocketW", Acquire { listener: None }, Never),
    row("WSASocketA", Acquire { listener: None }, Never),
    row("accept", Acquire { listener: Some(0) }, Never),
    row("WSAAccept", Acquire { listener: Some(0) }, Never),
    row("closesocket", Close(0), SocketError),
    row("bind", Use(0), SocketError),
    row("listen", Use(0), SocketError),
    row("connect", Use(0), SocketError),
    row("WSAConnect", Use(0), SocketError),
    row("WSAConnectByNameW", Use(0), False),
    row("WSAConnectByList", Use(0), False),
    row("shutdown", Use(0), SocketError),
    row("WSASendDisconnect", Use(0), SocketError),
    row("WSARecvDisconnect", Use(0), SocketError),
    row("send", Use(0), SocketErrorCount),
    row("sendto", Use(0), SocketErrorCount),
    row("recv", Use(0), SocketErrorCount),
    row("recvfrom", Use(0), SocketErrorCount),
    row("WSARecvEx", Use(0), SocketErrorCount),
    row("getsockname", Use(0), SocketError),
    row("getpeername", Use(0), SocketError),
    row("getsockopt", Use(0), SocketError),
    row("WSAEnumNetworkEvents", Use(0), SocketError),
    row("WSADuplicateSocketW", Use(0), SocketError),
    row("WSADuplicateSocketA", Use(0), SocketError),
    row("WSAHtonl", Use(0), SocketError),
    row(
        "ioctlsocket",
        Ioctl {
            socket: 0,
            command: 1,
            argument: 2,
        },
        SocketError,
    ),
    row(
        "WSAIoctl",
        Ioctl {
            socket: 0,
            command: 1,
            argument: 2,
        },
        SocketError,
    ),
    row("WSANSPIoctl", Pure, SocketError),
    row("WSAEventSelect", EventSelect(0), SocketError),
    row("WSAAsyncSelect", EventSelect(0), SocketError),
    row(
        "setsockopt",
        SetOption {
            socket: 0,
            level: 1,
            name: 2,
            value: 3,
        },
        SocketError,
    ),
    overlapped("WSASend", None, 5, Some(1), &[], Some(6), SocketError),
    overlapped("WSASendTo", None, 7, Some(1), &[], Some(8), SocketError),
    overlapped("WSARecv", None, 5, Some(1), &[], Some(6), SocketError),
    overlapped(
        "WSARecvFrom",
        None,
        7,
        Some(1),
        &[(5, "lpFrom"), (6, "lpFromlen")],
        Some(8),
        SocketError,
    ),
    overlapped(
        "WSASendMsg",
        None,
        4,
        None,
        &[(1, "WSAMSG")],
        Some(5),
        SocketError,
    ),
    overlapped(
        "WSARecvMsg",
        None,
        3,
        None,
        &[(1, "WSAMSG")],
        Some(4),
        SocketError,
    ),
    overlapped(
        "AcceptEx",
        Some(0),
        7,
        None,
        &[(2, "output buffer")],
        None,
        False,
    ),
    overlapped(
        "ConnectEx",
        None,
        6,
        None,
        &[(3, "send buffer")],
        None,
        False,
    ),
    overlapped("DisconnectEx", None, 1, None, &[], None, False),
    overlapped(
        "TransmitFile",
        None,
        4,
        None,
        &[(5, "head and tail buffers")],
        None,
        False,
    ),
    overlapped(
        "TransmitPackets",
        None,
        4,
        None,
        &[(1, "packet array")],
        None,
        False,
    ),
    other(
        "WSAGetOverlappedResult",
        OverlappedResult {
            overlapped: 1,
            wait: 3,
        },
        False,
    ),
    other(
        "GetOverlappedResult",
        OverlappedResult {
            overlapped: 1,
            wait: 3,
        },
        False,
    ),
    other(
        "GetOverlappedResultEx",
        OverlappedResult {
            overlapped: 1,
            wait: 4,
        },
        False,
    ),
    other("HasOverlappedIoCompleted", HasCompleted(0), Never),
    other(
        "WaitForSingleObject",
        WaitOne {
            handle: 0,
            timeout: 1,
            alertable: None,
        },
        WaitCode,
    ),
    other(
        "WaitForSingleObjectEx",
        WaitOne {
            handle: 0,
            timeout: 1,
            alertable: Some(2),
        },
        WaitCode,
    ),
    other(
        "WaitForMultipleObjects",
        WaitMany {
            timeout: 3,
            alertable: None,
        },
        WaitCode,
    ),
    other(
        "WaitForMultipleObjectsEx",
        WaitMany {
            timeout: 3,
            alertable: Some(4),
        },
        WaitCode,
    ),
    other(
        "WSAWaitForMultipleEvents",
        WaitMany {
            timeout: 3,
            alertable: Some(4),
        },
        WaitCode,
    ),
    other("SleepEx", SleepEx, Never),
    other("GetQueuedCompletionStatus", Dequeue { timeout: 4 }, False),
    other("GetQueuedCompletionStatusEx", Dequeue { timeout: 4 }, False),
    other("CancelIo", Cancel, False),
    other("CancelIoEx", Cancel, False),
    other("CloseHandle", CloseHandle(0), False),
    other("NtClose", CloseHandle(0), Never),
    other("WSACloseEvent", CloseEvent(0), False),
    other("_close", CrtClose(0), SocketError),
    other("CreateEventW", MakeHandle("event"), NoHandle),
    other("CreateEventA", MakeHandle("event"), NoHandle),
    other("WSACreateEvent", MakeHandle("event"), NoHandle),
    other("CreateFileW", MakeHandle("file"), NoHandle),
    other("CreateFileA", MakeHandle("file"), NoHandle),
    other("WSAGetLastError", LastError, Never),
    other("GetLastError", LastError, Never),
    other("WSASetLastError", SetLastError, Never),
    other("SetLastError", SetLastError, Never),
    row("WSAStartup", Startup, Nonzero),
    row("WSACleanup", Cleanup, SocketError),
    row("WSACancelBlockingCall", Pure, SocketError),
    other("ExitProcess", Exit, Never),
    row("select", Pure, SocketErrorCount),
    row("WSAPoll", Pure, SocketErrorCount),
    row("getaddrinfo", Pure, Nonzero),
    row("GetAddrInfoW", Pure, Nonzero),
    row("gethostname", Pure, SocketError),
    other("freeaddrinfo", Pure, Never),
    other("FreeAddrInfoW", Pure, Never),
    other("htons", Pure, Never),
    other("htonl", Pure, Never),
    other("ntohs", Pure, Never),
    other("ntohl", Pure, Never),
    other("WSAResetEvent", Pure, False),
    other("WSASetEvent", Pure, False),
    other("ResetEvent", Pure, False),
    other("SetEvent", Pure, False),
    other("Sleep", Pure, Never),
    other("CreateIoCompletionPort", Pure, NoHandle),
    other("SetHandleInformation", Pure, False),
    other("GetHandleInformation", Pure, False),
    other("SetFileCompletionNotificationModes", Pure, False),
    other("PostQueuedCompletionStatus", Pure, False),
    other("GetCurrentProcessId", Pure, Never),
    other("GetCurrentProcess", Pure, Never),
    other("GetCurrentThreadId", Pure, Never),
];

/// Where the `windows` crate's signatures differ.
const RUST: &[FnRow] = &[
    row("socket", Acquire { listener: None }, Fails::Result),
    row("WSASocketW", Acquire { listener: None }, Fails::Result),
    row("WSASocketA", Acquire { listener: None }, Fails::Result),
    row("accept", Acquire { listener: Some(0) }, Fails::Result),
    row("WSAAccept", Acquire { listener: Some(0) }, Fails::Result),
    overlapped("WSASend", None, 4, Some(1), &[], Some(5), SocketError),
    overlapped("WSASendTo", None, 5, Some(1), &[], Some(6), SocketError),
    overlapped("WSARecv", None, 4, Some(1), &[], Some(5), SocketError),
    overlapped(
        "WSARecvFrom",
        None,
        6,
        Some(1),
        &[(4, "lpFrom"), (5, "lpFromlen")],
        Some(7),
        SocketError,
    ),
    other(
        "WSAGetOverlappedResult",
        OverlappedResult {
            overlapped: 1,
            wait: 3,
        },
        Fails::Result,
    ),
    other(
        "GetOverlappedResult",
        OverlappedResult {
            overlapped: 1,
            wait: 3,
        },
        Fails::Result,
    ),
    other(
        "GetQueuedCompletionStatus",
        Dequeue { timeout: 4 },
        Fails::Result,
    ),
    other("CancelIo", Cancel, Fails::Result),
    other("CancelIoEx", Cancel, Fails::Result),
    other("CloseHandle", CloseHandle(0), Fails::Result),
    other("WSACloseEvent", CloseEvent(0), Fails::Result),
    other("CreateEventW", MakeHandle("event"), Fails::Result),
    other("CreateEventA", MakeHandle("event"), Fails::Result),
    other("WSACreateEvent", MakeHandle("event"), Fails::Result),
    other("CreateFileW", MakeHandle("file"), Fails::Result),
    other("CreateIoCompletionPort", Pure, Fails::Result),
    other("SetHandleInformation", Pure, Fails::Result),
];

/// libc's `close`, which on Windows is the C runtime's.
const LIBC_CLOSE: FnRow = other("close", CrtClose(0), SocketError);

/// libc's `exit` and `abort`.
const LIBC_EXIT: FnRow = other("exit", Exit, Never);

/// The row of a function by name.
pub fn row_of(name: &str, abi: Abi, libc: bool) -> Option<&'static FnRow> {
    if libc && matches!(name, "close") {
        return Some(&LIBC_CLOSE);
    }
    if libc && matches!(name, "exit" | "abort" | "_exit") {
        return Some(&LIBC_EXIT);
    }
    if abi == Abi::Rust
        && let Some(found) = RUST.iter().find(|row| row.name == name)
    {
        return Some(found);
    }
    C.iter().find(|row| row.name == name)
}
