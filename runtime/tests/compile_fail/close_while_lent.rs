//! O10: no close while somebody may be in a call.

use socket_lifecycle::{AsSocket, Family, Socket};

fn main() {
    let socket = Socket::stream(Family::V4).unwrap();
    let lent = socket.as_socket();
    socket.close().unwrap();
    lent.send(b"to whom?").unwrap();
}
