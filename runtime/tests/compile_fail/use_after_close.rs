//! O8, O9: a descriptor that was closed may be another socket's.

use socket_lifecycle::{Family, Socket};

fn main() {
    let socket = Socket::stream(Family::V4).unwrap();
    socket.close().unwrap();
    socket.send(b"to whom?").unwrap();
}
