//! The echo server again, with overlapped operations and one completion port for all connections.
//!
//! ```text
//! cargo run -p socket-lifecycle --example echo_port
//! ```
//!
//! Every connection has one operation at a time, a receive or the send of what was received. Both
//! sides are in this process, so that it also runs on the model.

use std::collections::HashMap;
use std::error::Error;
use std::net::{Shutdown, SocketAddr};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use socket_lifecycle::overlapped::{Associated, CompletionPort, Operation, Outcome};
use socket_lifecycle::{Family, Graceful, Socket, Winsock, track};

const CLIENTS: usize = 8;

fn main() -> Result<(), Box<dyn Error>> {
    let _winsock = Winsock::start()?;
    let listener = Socket::stream(Family::V4)?;
    listener.bind(([127, 0, 0, 1], 0).into())?;
    listener.listen(16)?;
    let addr = listener.local_addr()?;
    let clients =
        Vec::from_iter((0..CLIENTS).map(|number| {
            thread::spawn(move || ask(addr, number).map_err(|error| error.to_string()))
        }));
    serve(&listener, CLIENTS)?;
    for client in clients {
        println!("{}", client.join().map_err(|_| "a client panicked")??);
    }
    drop(listener);
    if track::ENABLED {
        println!("{}", track::report());
    }
    Ok(())
}

/// A connection, and what it is doing.
struct Connection {
    socket: Associated<Arc<Socket>>,
    operation: Doing,
}

enum Doing {
    Receiving(Operation<Vec<u8>>),
    Sending(Operation<Vec<u8>>),
}

/// Serves as many connections, all at once.
fn serve(listener: &Socket, connections: usize) -> Result<(), Box<dyn Error>> {
    let port = CompletionPort::new()?;
    let mut open = HashMap::new();
    for key in 0..connections {
        let (socket, _) = listener.accept()?;
        let socket = port.associate(Arc::new(socket), key)?;
        let operation = Doing::Receiving(socket.receive(vec![0; 64])?);
        open.insert(key, Connection { socket, operation });
    }
    while !open.is_empty() {
        let Some(packet) = port.wait(None)? else {
            continue;
        };
        let Some(Connection { socket, operation }) = open.remove(&packet.key) else {
            continue;
        };
        // The packet says that it has completed, so neither wait does.
        let operation = match operation {
            Doing::Receiving(receive) => {
                let received = receive.wait();
                match received.outcome {
                    Outcome::Completed(0) => None,
                    Outcome::Completed(bytes) => {
                        let mut data = received.buffer;
                        data.truncate(bytes);
                        Some(Doing::Sending(socket.send(data)?))
                    }
                    outcome => return Err(format!("receive: {outcome:?}").into()),
                }
            }
            Doing::Sending(send) => {
                send.wait().outcome.result()?;
                Some(Doing::Receiving(socket.receive(vec![0; 64])?))
            }
        };
        match operation {
            Some(operation) => {
                open.insert(packet.key, Connection { socket, operation });
            }
            None => {
                let socket = Arc::into_inner(socket.into_socket()).ok_or("still in use")?;
                socket.close_graceful(Duration::from_secs(10))?;
            }
        }
    }
    Ok(())
}

fn ask(addr: SocketAddr, number: usize) -> Result<String, Box<dyn Error>> {
    let socket = Socket::stream(Family::V4)?;
    socket.connect(addr)?;
    socket.send(format!("client {number}").as_bytes())?;
    socket.shutdown(Shutdown::Write)?;
    let mut answer = Vec::new();
    let patience = Duration::from_secs(10);
    match socket.close_graceful_with(patience, |bytes| answer.extend_from_slice(bytes))? {
        Graceful::Confirmed => Ok(String::from_utf8(answer)?),
        outcome => Err(format!("no whole answer: {outcome:?}").into()),
    }
}
