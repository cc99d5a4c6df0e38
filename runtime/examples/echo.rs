//! An echo server and a client that is sure that its text was received.
//!
//! ```text
//! cargo run -p socket-lifecycle --example echo               # both, on a free port
//! cargo run -p socket-lifecycle --example echo serve ADDR    # Windows: one of them
//! cargo run -p socket-lifecycle --example echo ask ADDR TEXT
//! ```
//!
//! On Windows they talk through Ws2_32. Elsewhere the model connects the threads of this process, so
//! that only the first form makes sense.

use std::error::Error;
use std::io::Write;
use std::net::{Shutdown, SocketAddr};
use std::time::Duration;
use std::{env, thread};

use socket_lifecycle::{Family, Graceful, Socket, Winsock, track};

const PATIENCE: Duration = Duration::from_secs(10);

fn main() -> Result<(), Box<dyn Error>> {
    let _winsock = Winsock::start()?;
    let args = Vec::from_iter(env::args().skip(1));
    match &args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => {
            let listener = listen(([127, 0, 0, 1], 0).into())?;
            let addr = listener.local_addr()?;
            let server =
                thread::spawn(move || serve(&listener, 1).map_err(|error| error.to_string()));
            println!("{}", ask(addr, "to be or not to be")?);
            server.join().map_err(|_| "the server panicked")??;
        }
        ["serve", addr] => serve(&listen(addr.parse()?)?, usize::MAX)?,
        ["ask", addr, text] => println!("{}", ask(addr.parse()?, text)?),
        _ => return Err("usage: echo [serve ADDR | ask ADDR TEXT]".into()),
    }
    if track::ENABLED {
        println!("{}", track::report());
    }
    Ok(())
}

fn listen(addr: SocketAddr) -> Result<Socket, Box<dyn Error>> {
    let listener = Socket::stream(family(addr))?;
    listener.bind(addr)?;
    listener.listen(16)?;
    println!("listening on {}", listener.local_addr()?);
    Ok(listener)
}

fn family(addr: SocketAddr) -> Family {
    match addr {
        SocketAddr::V4(_) => Family::V4,
        SocketAddr::V6(_) => Family::V6,
    }
}

/// Serves as many connections, one after the other.
fn serve(listener: &Socket, connections: usize) -> Result<(), Box<dyn Error>> {
    for _ in 0..connections {
        let (mut socket, peer) = listener.accept()?;
        // `?` in here leaks nothing: the socket is dropped.
        let echoed = echo(&mut socket);
        let outcome = socket.close_graceful(PATIENCE)?;
        println!("{peer}: {echoed:?} bytes, {outcome:?}");
    }
    Ok(())
}

/// Sends back what arrives, until the peer sends no more.
fn echo(socket: &mut Socket) -> Result<usize, Box<dyn Error>> {
    let mut buffer = [0; 1024];
    let mut total = 0;
    loop {
        let len = socket.recv(&mut buffer)?;
        if len == 0 {
            return Ok(total);
        }
        socket.write_all(&buffer[..len])?;
        total += len;
    }
}

/// The server's answer.
fn ask(addr: SocketAddr, text: &str) -> Result<String, Box<dyn Error>> {
    let mut socket = Socket::stream(family(addr))?;
    socket.connect(addr)?;
    socket.write_all(text.as_bytes())?;
    socket.shutdown(Shutdown::Write)?;
    let mut answer = Vec::new();
    // The rest of the conversation is the answer: the close receives it, and says whether that was all.
    match socket.close_graceful_with(PATIENCE, |bytes| answer.extend_from_slice(bytes))? {
        Graceful::Confirmed => Ok(String::from_utf8(answer)?),
        outcome => Err(format!("no whole answer: {outcome:?}").into()),
    }
}
