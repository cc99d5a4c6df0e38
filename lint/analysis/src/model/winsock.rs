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
    /// `STATUS_PENDING`; anything else is the status of what has completed.
    Pending,
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

/// What a call asks of the phase of the socket (its first) that it is made on, and how it advances it.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum Step {
    /// Nothing: it may be made at any time.
    Any,
    /// `bind`
    Bind,
    /// `listen`
    Listen,
    /// `accept`: the socket must listen.
    Accept,
    /// `connect`
    Connect,
    /// `ConnectEx`: the socket must be bound.
    ConnectEx,
    /// `DisconnectEx`
    Disconnect,
    /// Sends to the connected peer.
    Send,
    /// Sends to an address.
    SendTo,
    /// Receives.
    Receive,
    /// Ends one or both directions; the argument that says which, or what it always ends.
    Shutdown(How),
}

/// Which directions a call shuts down.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum How {
    /// An argument says so.
    Argument(u8),
    /// Sending.
    Send,
    /// Receiving.
    Receive,
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
    EventSelect {
        /// The socket.
        socket: u8,
        /// The event, if it is signalled by one and not by messages.
        event: Option<u8>,
        /// `FD_CLOSE` and others.
        mask: u8,
    },
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
    /// `getsockopt`
    GetOption {
        /// The socket.
        socket: u8,
        /// `SOL_SOCKET` or another.
        level: u8,
        /// The option.
        name: u8,
        /// Pointer to where the value goes.
        value: u8,
    },
    /// `WSAGetOverlappedResult`, `GetOverlappedResult`.
    OverlappedResult {
        /// The `OVERLAPPED`.
        overlapped: u8,
        /// Whether it waits.
        wait: u8,
        /// Whether that is a time in milliseconds.
        timed: bool,
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
    /// Waits on several handles.
    WaitMany {
        /// The array of handles.
        handles: u8,
        /// Milliseconds.
        timeout: u8,
        /// Whether the wait is alertable, if that is an argument.
        alertable: Option<u8>,
    },
    /// A sleep; which argument makes it alertable.
    SleepEx(u8),
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
    /// Lets a thread run a routine in its next alertable wait.
    QueueApc(u8),
    /// `GetMessage`: reads a window message.
    Message,
    /// Waits for nothing that we follow: `Sleep`, `select`, `WSAPoll`. The timeout's index, if it is a `TIMEVAL`.
    Pause(Option<u8>),
    /// Blocking hooks of Winsock 1.1.
    BlockingHook,
    /// Keeps pointers that the system hands back later: completion keys.
    HandBack,
    /// Starts a thread that runs the third argument on the fourth.
    Thread,
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
    /// What it asks of the socket's phase.
    pub step: Step,
    /// Whether it may block on a blocking socket (an overlapped function: without an OVERLAPPED).
    pub blocks: bool,
}

impl FnRow {
    const fn step(self, step: Step) -> FnRow {
        FnRow { step, ..self }
    }

    const fn blocking(self) -> FnRow {
        FnRow {
            blocks: true,
            ..self
        }
    }
}

const fn row(name: &'static str, effect: Effect, fails: Fails) -> FnRow {
    FnRow {
        name,
        effect,
        fails,
        winsock: true,
        step: Step::Any,
        blocks: false,
    }
}

const fn other(name: &'static str, effect: Effect, fails: Fails) -> FnRow {
    FnRow {
        name,
        effect,
        fails,
        winsock: false,
        step: Step::Any,
        blocks: false,
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

/// A function of files that takes sockets, too.
const fn file(name: &'static str, at: u8, step: Step, fails: Fails) -> FnRow {
    let row = overlapped(name, None, at, None, &[(1, "data buffer")], None, fails);
    FnRow {
        winsock: false,
        ..row.step(step).blocking()
    }
}

use Effect::*;
use Fails::{False, Never, NoHandle, Nonzero, SocketError, SocketErrorCount, WaitCode};

/// As C declares them.
const C: &[FnRow] = &[
    row("socket", Acquire { listener: None }, Never),
    row("WSASocketW", Acquire { listener: None }, Never),
    row("WSASocketA", Acquire { listener: None }, Never),
    row("accept", Acquire { listener: Some(0) }, Never)
        .step(Step::Accept)
        .blocking(),
    row("WSAAccept", Acquire { listener: Some(0) }, Never)
        .step(Step::Accept)
        .blocking(),
    row("closesocket", Close(0), SocketError),
    row("bind", Use(0), SocketError).step(Step::Bind),
    row("listen", Use(0), SocketError).step(Step::Listen),
    row("connect", Use(0), SocketError)
        .step(Step::Connect)
        .blocking(),
    row("WSAConnect", Use(0), SocketError)
        .step(Step::Connect)
        .blocking(),
    row("WSAConnectByNameW", Use(0), False)
        .step(Step::Connect)
        .blocking(),
    row("WSAConnectByList", Use(0), False)
        .step(Step::Connect)
        .blocking(),
    row("shutdown", Use(0), SocketError).step(Step::Shutdown(How::Argument(1))),
    row("WSASendDisconnect", Use(0), SocketError).step(Step::Shutdown(How::Send)),
    row("WSARecvDisconnect", Use(0), SocketError).step(Step::Shutdown(How::Receive)),
    row("send", Use(0), SocketErrorCount)
        .step(Step::Send)
        .blocking(),
    row("sendto", Use(0), SocketErrorCount)
        .step(Step::SendTo)
        .blocking(),
    row("recv", Use(0), SocketErrorCount)
        .step(Step::Receive)
        .blocking(),
    row("recvfrom", Use(0), SocketErrorCount)
        .step(Step::Receive)
        .blocking(),
    row("WSARecvEx", Use(0), SocketErrorCount)
        .step(Step::Receive)
        .blocking(),
    row("getsockname", Use(0), SocketError),
    row("getpeername", Use(0), SocketError),
    row(
        "getsockopt",
        GetOption {
            socket: 0,
            level: 1,
            name: 2,
            value: 3,
        },
        SocketError,
    ),
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
    row(
        "WSAEventSelect",
        EventSelect {
            socket: 0,
            event: Some(1),
            mask: 2,
        },
        SocketError,
    ),
    row(
        "WSAAsyncSelect",
        EventSelect {
            socket: 0,
            event: None,
            mask: 3,
        },
        SocketError,
    ),
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
    overlapped("WSASend", None, 5, Some(1), &[], Some(6), SocketError)
        .step(Step::Send)
        .blocking(),
    overlapped("WSASendTo", None, 7, Some(1), &[], Some(8), SocketError)
        .step(Step::SendTo)
        .blocking(),
    overlapped("WSARecv", None, 5, Some(1), &[], Some(6), SocketError)
        .step(Step::Receive)
        .blocking(),
    overlapped(
        "WSARecvFrom",
        None,
        7,
        Some(1),
        &[(5, "lpFrom"), (6, "lpFromlen")],
        Some(8),
        SocketError,
    )
    .step(Step::Receive)
    .blocking(),
    overlapped(
        "WSASendMsg",
        None,
        4,
        None,
        &[(1, "WSAMSG")],
        Some(5),
        SocketError,
    )
    .step(Step::SendTo)
    .blocking(),
    overlapped(
        "WSARecvMsg",
        None,
        3,
        None,
        &[(1, "WSAMSG")],
        Some(4),
        SocketError,
    )
    .step(Step::Receive)
    .blocking(),
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
    )
    .step(Step::ConnectEx),
    overlapped("DisconnectEx", None, 1, None, &[], None, False).step(Step::Disconnect),
    overlapped(
        "TransmitFile",
        None,
        4,
        None,
        &[(5, "TRANSMIT_FILE_BUFFERS")],
        None,
        False,
    )
    .step(Step::Send)
    .blocking(),
    overlapped(
        "TransmitPackets",
        None,
        4,
        None,
        &[(1, "TRANSMIT_PACKETS_ELEMENT")],
        None,
        False,
    )
    .step(Step::Send)
    .blocking(),
    file("ReadFile", 4, Step::Receive, False),
    file("WriteFile", 4, Step::Send, False),
    other(
        "WSAGetOverlappedResult",
        OverlappedResult {
            overlapped: 1,
            wait: 3,
            timed: false,
        },
        False,
    ),
    other(
        "GetOverlappedResult",
        OverlappedResult {
            overlapped: 1,
            wait: 3,
            timed: false,
        },
        False,
    ),
    other(
        "GetOverlappedResultEx",
        OverlappedResult {
            overlapped: 1,
            wait: 3,
            timed: true,
        },
        False,
    ),
    other("HasOverlappedIoCompleted", HasCompleted(0), False),
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
            handles: 1,
            timeout: 3,
            alertable: None,
        },
        WaitCode,
    ),
    other(
        "WaitForMultipleObjectsEx",
        WaitMany {
            handles: 1,
            timeout: 3,
            alertable: Some(4),
        },
        WaitCode,
    ),
    other(
        "WSAWaitForMultipleEvents",
        WaitMany {
            handles: 1,
            timeout: 3,
            alertable: Some(4),
        },
        WaitCode,
    ),
    other("SleepEx", SleepEx(1), Never),
    other(
        "MsgWaitForMultipleObjects",
        WaitMany {
            handles: 1,
            timeout: 3,
            alertable: None,
        },
        WaitCode,
    ),
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
    row("WSACancelBlockingCall", BlockingHook, SocketError),
    row("WSASetBlockingHook", BlockingHook, Never),
    row("WSAUnhookBlockingHook", BlockingHook, SocketError),
    row("WSAIsBlocking", BlockingHook, Never),
    other("ExitProcess", Exit, Never),
    row("select", Pause(Some(4)), SocketErrorCount).blocking(),
    row("WSAPoll", Pause(None), SocketErrorCount),
    row("getaddrinfo", Pure, Nonzero).blocking(),
    row("GetAddrInfoW", Pure, Nonzero).blocking(),
    row("getnameinfo", Pure, Nonzero).blocking(),
    row("GetNameInfoW", Pure, Nonzero).blocking(),
    row("gethostbyname", Pure, NoHandle).blocking(),
    row("gethostbyaddr", Pure, NoHandle).blocking(),
    row("gethostname", Pure, SocketError),
    row("GetHostNameW", Pure, SocketError),
    row("getservbyname", Pure, NoHandle),
    row("getservbyport", Pure, NoHandle),
    row("getprotobyname", Pure, NoHandle),
    row("getprotobynumber", Pure, NoHandle),
    row("GetAddrInfoExW", Pure, Nonzero),
    row("WSAEnumProtocolsW", Pure, SocketErrorCount),
    row("WSAEnumProtocolsA", Pure, SocketErrorCount),
    row("WSAAddressToStringW", Pure, SocketError),
    row("WSAAddressToStringA", Pure, SocketError),
    row("WSAStringToAddressW", Pure, SocketError),
    row("WSAStringToAddressA", Pure, SocketError),
    row("WSALookupServiceBeginW", Pure, SocketError).blocking(),
    row("WSALookupServiceNextW", Pure, SocketError).blocking(),
    row("WSALookupServiceEnd", Pure, SocketError),
    other("QueueUserAPC", QueueApc(0), False),
    other("QueueUserAPC2", QueueApc(0), False),
    other("GetMessageW", Message, Never),
    other("GetMessageA", Message, Never),
    other("PeekMessageW", Message, Never),
    other("PeekMessageA", Message, Never),
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
    other("Sleep", Pause(None), Never),
    other("CreateIoCompletionPort", HandBack, NoHandle),
    other("SetHandleInformation", Pure, False),
    other("GetHandleInformation", Pure, False),
    other("SetFileCompletionNotificationModes", Pure, False),
    other("PostQueuedCompletionStatus", HandBack, False),
    other("CreateThread", Thread, NoHandle),
    other("_beginthreadex", Thread, NoHandle),
    other("GetCurrentProcessId", Pure, Never),
    other("GetCurrentProcess", Pure, Never),
    other("GetCurrentThreadId", Pure, Never),
];

/// Where the `windows` crate's signatures differ.
const RUST: &[FnRow] = &[
    row("socket", Acquire { listener: None }, Fails::Result),
    row("WSASocketW", Acquire { listener: None }, Fails::Result),
    row("WSASocketA", Acquire { listener: None }, Fails::Result),
    row("accept", Acquire { listener: Some(0) }, Fails::Result)
        .step(Step::Accept)
        .blocking(),
    row("WSAAccept", Acquire { listener: Some(0) }, Fails::Result)
        .step(Step::Accept)
        .blocking(),
    overlapped("WSASend", None, 4, Some(1), &[], Some(5), SocketError)
        .step(Step::Send)
        .blocking(),
    overlapped("WSASendTo", None, 5, Some(1), &[], Some(6), SocketError)
        .step(Step::SendTo)
        .blocking(),
    overlapped("WSARecv", None, 4, Some(1), &[], Some(5), SocketError)
        .step(Step::Receive)
        .blocking(),
    overlapped(
        "WSARecvFrom",
        None,
        6,
        Some(1),
        &[(4, "lpFrom"), (5, "lpFromlen")],
        Some(7),
        SocketError,
    )
    .step(Step::Receive)
    .blocking(),
    file("ReadFile", 3, Step::Receive, Fails::Result),
    other(
        "GetOverlappedResultEx",
        OverlappedResult {
            overlapped: 1,
            wait: 3,
            timed: true,
        },
        Fails::Result,
    ),
    file("WriteFile", 3, Step::Send, Fails::Result),
    other(
        "WaitForMultipleObjects",
        WaitMany {
            handles: 0,
            timeout: 2,
            alertable: None,
        },
        WaitCode,
    ),
    other(
        "WaitForMultipleObjectsEx",
        WaitMany {
            handles: 0,
            timeout: 2,
            alertable: Some(3),
        },
        WaitCode,
    ),
    other(
        "WSAWaitForMultipleEvents",
        WaitMany {
            handles: 0,
            timeout: 2,
            alertable: Some(3),
        },
        WaitCode,
    ),
    other(
        "WSAGetOverlappedResult",
        OverlappedResult {
            overlapped: 1,
            wait: 3,
            timed: false,
        },
        Fails::Result,
    ),
    other(
        "GetOverlappedResult",
        OverlappedResult {
            overlapped: 1,
            wait: 3,
            timed: false,
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
    other("CreateIoCompletionPort", HandBack, Fails::Result),
    other("CreateThread", Thread, Fails::Result),
    other("SetHandleInformation", Pure, Fails::Result),
];

/// A method of an owner.
pub const fn method_row(name: &'static str, step: Step) -> FnRow {
    other(name, Use(0), Fails::Result).step(step)
}

/// A method of an owner that sets something, by what sets it otherwise.
pub const fn setter_row(name: &'static str, effect: Effect) -> FnRow {
    other(name, effect, Fails::Result)
}

/// The status that an OVERLAPPED holds in `Internal`.
pub static INTERNAL: FnRow = other("OVERLAPPED.Internal", HasCompleted(0), Fails::Pending);

/// What `AcceptEx` asks of its listener.
pub static ACCEPT: FnRow = row("AcceptEx", Use(0), False).step(Step::Accept);

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
