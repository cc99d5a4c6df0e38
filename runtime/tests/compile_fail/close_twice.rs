//! O8, O13: one close for one open.

use std::time::Duration;

use socket_lifecycle::{Family, Socket};

fn main() {
    let socket = Socket::stream(Family::V4).unwrap();
    socket.close_graceful(Duration::from_secs(1)).unwrap();
    socket.abort().unwrap();
}
