//! O12: a buffer that is only lent may go while the operation is pending, for instance if that is forgotten.

use std::sync::Arc;

use socket_lifecycle::{Family, Operation, Socket};

fn main() {
    let socket = Arc::new(Socket::stream(Family::V4).unwrap());
    let mut buffer = [0; 512];
    let receive = Operation::receive(socket, &mut buffer).unwrap();
    std::mem::forget(receive);
}
