//! Messages over standard input and output.
//!
//! Two threads move them, so that the server never waits for a client that
//! does not read. `lsp-server` knows the framing; a message whose frame is
//! whole but whose content is no message is answered and passed over.

use std::io::{self, Write};
use std::thread::{self, JoinHandle};

use crossbeam_channel::{Receiver, Sender, unbounded};
use lsp_server::{ErrorCode, Message};
use serde_json::json;

/// What a client sent.
pub(super) enum Incoming {
    /// A message.
    Message(Message),
    /// Something that is none, and why.
    Malformed(String),
    /// Nothing more will come; an error says why, unless the client closed the stream.
    Closed(Option<io::Error>),
}

/// What is sent to a client.
enum Outgoing {
    Message(Message),
    Malformed(String),
}

/// The way to the client.
#[derive(Clone)]
pub(super) struct Outbox(Sender<Outgoing>);

impl Outbox {
    /// Sends a message. A client that has gone misses it.
    pub(super) fn send(&self, message: impl Into<Message>) {
        let _ = self.0.send(Outgoing::Message(message.into()));
    }

    /// Answers what was no message.
    pub(super) fn malformed(&self, reason: String) {
        let _ = self.0.send(Outgoing::Malformed(reason));
    }
}

/// Starts both threads. The writer ends when the last [`Outbox`] is gone.
pub(super) fn stdio() -> io::Result<(Receiver<Incoming>, Outbox, JoinHandle<io::Result<()>>)> {
    let (to_server, incoming) = unbounded();
    let (outbox, outgoing) = unbounded();
    thread::Builder::new()
        .name("reader".to_owned())
        .spawn(move || read(&to_server))?;
    let writer = thread::Builder::new()
        .name("writer".to_owned())
        .spawn(move || write(&outgoing))?;
    Ok((incoming, Outbox(outbox), writer))
}

fn read(to_server: &Sender<Incoming>) {
    let mut stdin = io::stdin().lock();
    loop {
        let incoming = match Message::read(&mut stdin) {
            Ok(Some(message)) => Incoming::Message(message),
            Ok(None) => Incoming::Closed(None),
            Err(error) if is_content(&error) => Incoming::Malformed(error.to_string()),
            Err(error) => Incoming::Closed(Some(error)),
        };
        let last = matches!(incoming, Incoming::Closed(_));
        if to_server.send(incoming).is_err() || last {
            return;
        }
    }
}

/// Whether only the content was at fault: the next message's frame follows.
fn is_content(error: &io::Error) -> bool {
    let text = error.to_string();
    error.kind() == io::ErrorKind::InvalidData
        && (text.starts_with("malformed LSP payload") || text.contains("utf-8"))
}

fn write(outgoing: &Receiver<Outgoing>) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    for message in outgoing {
        match message {
            Outgoing::Message(message) => message.write(&mut stdout)?,
            Outgoing::Malformed(reason) => {
                let body = json!({
                    "jsonrpc": "2.0",
                    "id": null,
                    "error": {"code": ErrorCode::ParseError as i32, "message": reason},
                })
                .to_string();
                write!(stdout, "Content-Length: {}\r\n\r\n{body}", body.len())?;
                stdout.flush()?;
            }
        }
    }
    Ok(())
}
