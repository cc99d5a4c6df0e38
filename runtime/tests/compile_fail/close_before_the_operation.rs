//! O10, O12: a socket that is dropped before the operation that it was lent to is closed before.

use socket_lifecycle::{Family, Operation, Socket};

fn main() {
    let receive;
    let socket = Socket::stream(Family::V4).unwrap();
    receive = Operation::receive(&socket, vec![0; 512]).unwrap();
    println!("{}", receive.is_complete());
}
