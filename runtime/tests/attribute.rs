//! The attribute, through the crate that re-exports it: what it stands on still works.
#![cfg(feature = "macros")]

use socket_lifecycle::{Family, Socket, Winsock, socket_lifecycle};

#[socket_lifecycle(opens, no_routing)]
fn open() -> Socket {
    Socket::stream(Family::V4).expect("socket")
}

#[socket_lifecycle(closes(socket))]
fn hang_up(socket: Socket) -> bool {
    socket.close().is_ok()
}

struct Client(Socket);

#[socket_lifecycle]
impl Client {
    #[socket_lifecycle(takes(self))]
    fn stop(self) -> bool {
        hang_up(self.0)
    }
}

#[test]
fn items_are_kept() {
    let _winsock = Winsock::start().expect("startup");
    assert!(Client(open()).stop());
}
