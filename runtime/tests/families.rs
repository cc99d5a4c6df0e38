//! Calls are routed whichever binding they are of, and keep its types. On Windows: the other bindings have
//! nothing behind them elsewhere.
#![cfg(all(windows, feature = "macros"))]

use std::hint::black_box;

use socket_lifecycle::Winsock;
use socket_lifecycle::track::{self, FaultKind};

/// The crate `windows`: results, slices and options, and a structure for the descriptor.
mod windows_crate {
    use socket_lifecycle::socket_lifecycle;
    use windows::Win32::Networking::WinSock::{
        AF_INET, SEND_RECV_FLAGS, SOCK_STREAM, SOCKET, WSABUF, WSARecv, closesocket, send, socket,
    };

    #[socket_lifecycle]
    pub fn open() -> usize {
        // SAFETY: it takes no pointer.
        unsafe { socket(AF_INET.0.into(), SOCK_STREAM, 0) }
            .expect("socket")
            .0
    }

    #[socket_lifecycle]
    pub fn end(table: &[usize]) {
        let (mut received, mut flags) = (0, 0);
        for number in table {
            // SAFETY: the buffers are valid; the socket is not connected.
            unsafe {
                send(SOCKET(*number), b"x", SEND_RECV_FLAGS(0));
                let buffers = [WSABUF::default()];
                WSARecv(
                    SOCKET(*number),
                    &buffers,
                    Some(&mut received),
                    &mut flags,
                    None,
                    None,
                );
                closesocket(SOCKET(*number));
            }
        }
    }
}

mod winapi_crate {
    use socket_lifecycle::socket_lifecycle;
    use winapi::um::winsock2::{self, SD_SEND, closesocket as close, shutdown};

    #[socket_lifecycle]
    pub fn open() -> usize {
        // SAFETY: it takes no pointer.
        unsafe { winsock2::socket(2, 1, 0) }
    }

    #[socket_lifecycle]
    pub fn end(table: &[usize]) {
        for number in table {
            // SAFETY: they take no pointer.
            unsafe {
                shutdown(*number, SD_SEND);
                close(*number);
            }
        }
    }
}

mod declared {
    use socket_lifecycle::socket_lifecycle;

    #[link(name = "ws2_32")]
    unsafe extern "system" {
        #[link_name = "closesocket"]
        fn hang_up(s: usize) -> i32;
    }

    #[socket_lifecycle]
    pub fn open() -> usize {
        // SAFETY: it takes no pointer.
        unsafe { libc::socket(2, 1, 0) }
    }

    #[socket_lifecycle]
    pub fn end(table: &[usize]) {
        for number in table {
            // SAFETY: it takes no pointer.
            unsafe { hang_up(*number) };
        }
    }
}

/// Opens a socket; closes those of a table.
type Binding = (fn() -> usize, fn(&[usize]));

#[test]
fn every_binding_is_tracked() {
    let _winsock = Winsock::start().expect("startup");
    track::set_handler(|_| {});
    let bindings: [Binding; 3] = [
        (windows_crate::open, windows_crate::end),
        (winapi_crate::open, winapi_crate::end),
        (declared::open, declared::end),
    ];
    for (open, end) in bindings {
        let before = track::checkpoint();
        let socket = black_box(open());
        assert_eq!(before.leaks().len(), 1);
        // What is in a table no analysis knows: it would see that this is wrong.
        end(&black_box(vec![socket; 2]));
        assert!(before.leaks().is_empty());
        let faults = before.faults();
        let twice = |fault: &&track::Fault| matches!(fault.kind, FaultKind::ClosedTwice { .. });
        assert_eq!(faults.iter().filter(twice).count(), 1, "{faults:?}");
    }
}
