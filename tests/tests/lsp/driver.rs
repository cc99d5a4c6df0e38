//! A client that says whatever a test wants.

use std::io::{BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use lsp_server::Message;
use serde_json::{Value, json};
use socklint_tests::socklint;

/// Nothing takes so long, even on a machine that does much else.
const TIMEOUT: Duration = Duration::from_secs(60);

/// The name of a file in the protocol.
pub(crate) fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

/// A server, and what it said.
pub(crate) struct Server {
    child: Child,
    /// What it reads.
    pub(crate) stdin: Option<ChildStdin>,
    said: Receiver<Value>,
    log: Option<JoinHandle<String>>,
    next: i32,
}

impl Server {
    /// A server that runs in `folder`.
    pub(crate) fn start(folder: &Path) -> Server {
        let mut child = socklint(folder)
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .env("SOCKLINT_LOG", "debug")
            .spawn()
            .expect("the server starts");
        let mut stdout = BufReader::new(child.stdout.take().expect("it is piped"));
        let (to_test, said) = channel();
        std::thread::spawn(move || {
            while let Some(message) = read(&mut stdout) {
                if to_test.send(message).is_err() {
                    break;
                }
            }
        });
        let stdin = child.stdin.take();
        let mut stderr = child.stderr.take().expect("it is piped");
        let log = std::thread::spawn(move || {
            let mut log = String::new();
            stderr.read_to_string(&mut log).expect("it is text");
            log
        });
        Server {
            child,
            stdin,
            said,
            log: Some(log),
            next: 0,
        }
    }

    /// One that has been told what the client can do, and has no folder open.
    pub(crate) fn initialized(folder: &Path, capabilities: Value) -> Server {
        let mut server = Server::start(folder);
        let answer = server.ask(
            "initialize",
            json!({"processId": null, "rootUri": null, "capabilities": capabilities}),
        );
        assert_eq!(answer["result"]["serverInfo"]["name"], "socklint");
        server.tell("initialized", json!({}));
        server
    }

    /// Sends a body, whatever it is.
    pub(crate) fn write(&mut self, body: &[u8]) {
        let stdin = self.stdin.as_mut().expect("it is open");
        write!(stdin, "Content-Length: {}\r\n\r\n", body.len()).expect("the server reads");
        stdin.write_all(body).expect("the server reads");
        stdin.flush().expect("the server reads");
    }

    /// Sends a notification.
    pub(crate) fn tell(&mut self, method: &str, params: Value) {
        let message = json!({"jsonrpc": "2.0", "method": method, "params": params});
        self.write(message.to_string().as_bytes());
    }

    /// Sends a request, and gives its id.
    pub(crate) fn send(&mut self, method: &str, params: Value) -> i32 {
        self.next += 1;
        let message =
            json!({"jsonrpc": "2.0", "id": self.next, "method": method, "params": params});
        self.write(message.to_string().as_bytes());
        self.next
    }

    /// Sends a request, and waits for the answer.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.send(method, params);
        self.await_message(|message| message["id"] == id && message.get("method").is_none())
    }

    /// Waits for a message; those before it are passed over.
    pub(crate) fn await_message(&self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let message = self.said.recv_timeout(TIMEOUT).expect("the server answers");
            if wanted(&message) {
                return message;
            }
        }
    }

    /// A document is opened, as its first version.
    pub(crate) fn open(&mut self, path: &Path, text: &str) {
        let document = json!({"uri": uri(path), "languageId": "rust", "version": 1, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": document}));
    }

    /// The whole text is another one.
    pub(crate) fn edit(&mut self, path: &Path, version: i32, text: &str) {
        self.tell(
            "textDocument/didChange",
            json!({
                "textDocument": {"uri": uri(path), "version": version},
                "contentChanges": [{"text": text}],
            }),
        );
    }

    /// The rules that are shown for a version.
    pub(crate) fn shown(&self, path: &Path, version: i32) -> Vec<String> {
        let message = self.await_message(|message| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri(path).as_str()
                && message["params"]["version"] == version
        });
        let shown = message["params"]["diagnostics"].as_array().expect("a list");
        shown
            .iter()
            .map(|one| one["code"].as_str().unwrap_or("none").to_owned())
            .collect()
    }

    /// The status with which it ends.
    pub(crate) fn end(mut self) -> i32 {
        self.stdin = None;
        let status = self.child.wait().expect("the server ends");
        status.code().expect("it ends by itself")
    }

    /// Ends it as the protocol has it, and gives what it logged.
    pub(crate) fn shut_down(mut self) -> String {
        assert_eq!(self.ask("shutdown", Value::Null)["result"], Value::Null);
        self.tell("exit", Value::Null);
        let log = self.log.take();
        assert_eq!(self.end(), 0);
        log.map(|log| log.join().expect("it was read"))
            .unwrap_or_default()
    }
}

fn read(stdout: &mut BufReader<impl Read>) -> Option<Value> {
    match Message::read(stdout) {
        Ok(Some(message)) => serde_json::to_value(message).ok(),
        // An answer to what could not be read has no id, which `Message` does not know.
        Err(error) => Some(json!({"unreadable": error.to_string()})),
        Ok(None) => None,
    }
}
