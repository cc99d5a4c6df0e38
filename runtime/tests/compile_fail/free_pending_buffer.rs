//! O12: a buffer that an operation uses is the operation's.

use std::sync::Arc;

use socket_lifecycle::{Family, Operation, Socket};

fn main() {
    let socket = Arc::new(Socket::stream(Family::V4).unwrap());
    let buffer = vec![0; 512];
    let receive = Operation::receive(socket, buffer).unwrap();
    drop(buffer);
    receive.wait();
}
