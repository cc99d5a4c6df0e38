//! Ws2_32, and the few functions of kernel32 that belong to overlapped operations.

use std::{
    ptr,
    sync::OnceLock,
    thread,
    time::{Duration, Instant},
};

use windows_sys::Win32::Foundation::{HANDLE, WAIT_EVENT};
use windows_sys::Win32::Networking::WinSock::WSADATA;
use windows_sys::Win32::System::Threading::{CreateEventW, WaitForSingleObject};

pub(crate) use windows_sys::Win32::{
    Foundation::CloseHandle,
    Networking::WinSock::{
        WSAAccept, WSACleanup, WSACloseEvent, WSAConnect, WSACreateEvent, WSAGetLastError,
        WSAGetOverlappedResult, WSAIoctl, WSAPoll, WSARecv, WSARecvFrom, WSAResetEvent, WSASend,
        WSASendTo, WSASetEvent, WSASetLastError, WSASocketA, WSASocketW, WSAStartup,
        WSAWaitForMultipleEvents, accept, bind, closesocket, connect, getpeername, getsockname,
        getsockopt, ioctlsocket, listen, recv, recvfrom, select, send, sendto, setsockopt,
        shutdown, socket,
    },
    System::IO::{
        CancelIoEx, CreateIoCompletionPort, GetQueuedCompletionStatus, PostQueuedCompletionStatus,
    },
};

/// The Winsock that a start-up starts: the process's.
#[derive(Clone, Debug)]
pub(crate) struct Instance;

impl Instance {
    pub(crate) fn current() -> Instance {
        Instance
    }

    pub(crate) fn key(&self) -> usize {
        0
    }

    pub(crate) fn key_of(_socket: usize) -> usize {
        0
    }

    pub(crate) fn startup(&self, version: u16, data: &mut WSADATA) -> i32 {
        // SAFETY: `data` is writable.
        unsafe { WSAStartup(version, data) }
    }

    pub(crate) fn cleanup(&self) -> i32 {
        // SAFETY: it has no precondition.
        unsafe { WSACleanup() }
    }
}

/// An event that is reset by hand, or null. It needs no Winsock that is started.
pub(crate) fn create_event(_socket: usize) -> HANDLE {
    // SAFETY: null pointers are allowed.
    unsafe { CreateEventW(ptr::null(), 1, 0, ptr::null()) }
}

/// Waits for an event for as many milliseconds, not alertably.
pub(crate) fn wait(event: HANDLE, timeout: u32) -> WAIT_EVENT {
    // SAFETY: it takes no pointer.
    unsafe { WaitForSingleObject(event, timeout) }
}

/// The time since some moment before the first call.
pub(crate) fn now(_number: usize) -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}

/// Lets time pass.
pub(crate) fn sleep(_number: usize, time: Duration) {
    thread::sleep(time);
}

/// Every descriptor of the process is this Winsock's.
#[cfg(any(debug_assertions, feature = "track"))]
pub(crate) fn is_ours(_socket: usize) -> bool {
    true
}
