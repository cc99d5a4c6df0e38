//! O12: nor can it be looked at before the completion hands it back.

use std::sync::Arc;

use socket_lifecycle::{Family, Operation, Socket};

fn main() {
    let socket = Arc::new(Socket::stream(Family::V4).unwrap());
    let receive = Operation::receive(socket, vec![0; 512]).unwrap();
    println!("{:?}", receive.buffer);
}
