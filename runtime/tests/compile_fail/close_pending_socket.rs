//! O11, O12: a socket with a pending operation is not closed by accident.

use socket_lifecycle::{Family, Operation, Socket};

fn main() {
    let socket = Socket::stream(Family::V4).unwrap();
    let receive = Operation::receive(&socket, vec![0; 512]).unwrap();
    socket.close().unwrap();
    receive.wait();
}
