//! The language server, as a client speaks with it. Real editors are in `tests/lsp`; what only a client that
//! misbehaves does is here.

use std::io::{BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use lsp_server::Message;
use serde_json::{Value, json};
use socklint_tests::{repository, run, socklint};

/// Nothing takes so long, even on a machine that does much else.
const TIMEOUT: Duration = Duration::from_secs(60);

const LEAK: &str = "\
use windows_sys::Win32::Networking::WinSock::*;
pub unsafe fn open(name: *const SOCKADDR, len: i32) -> Option<SOCKET> {
    unsafe {
        let s = socket(AF_INET.into(), SOCK_STREAM, 0);
        if s == INVALID_SOCKET || bind(s, name, len) != 0 {
            return None;
        }
        Some(s)
    }
}
";

fn fixed() -> String {
    LEAK.replace(
        "            return None;",
        "            if s != INVALID_SOCKET { let _ = closesocket(s); }\n            return None;",
    )
}

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("socklint-lsp-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("the folder is made");
        Folder(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

/// A server, and what it said.
struct Server {
    child: Child,
    stdin: Option<ChildStdin>,
    said: Receiver<Value>,
    log: Option<JoinHandle<String>>,
    next: i32,
}

impl Server {
    fn start(folder: &Path) -> Server {
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

    fn initialized(folder: &Path, capabilities: Value) -> Server {
        let mut server = Server::start(folder);
        let answer = server.ask(
            "initialize",
            json!({"processId": null, "rootUri": null, "capabilities": capabilities}),
        );
        assert_eq!(answer["result"]["serverInfo"]["name"], "socklint");
        server.tell("initialized", json!({}));
        server
    }

    fn write(&mut self, body: &[u8]) {
        let stdin = self.stdin.as_mut().expect("it is open");
        write!(stdin, "Content-Length: {}\r\n\r\n", body.len()).expect("the server reads");
        stdin.write_all(body).expect("the server reads");
        stdin.flush().expect("the server reads");
    }

    fn tell(&mut self, method: &str, params: Value) {
        let message = json!({"jsonrpc": "2.0", "method": method, "params": params});
        self.write(message.to_string().as_bytes());
    }

    fn send(&mut self, method: &str, params: Value) -> i32 {
        self.next += 1;
        let message =
            json!({"jsonrpc": "2.0", "id": self.next, "method": method, "params": params});
        self.write(message.to_string().as_bytes());
        self.next
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.send(method, params);
        self.await_message(|message| message["id"] == id && message.get("method").is_none())
    }

    fn await_message(&self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let message = self.said.recv_timeout(TIMEOUT).expect("the server answers");
            if wanted(&message) {
                return message;
            }
        }
    }

    fn open(&mut self, path: &Path, text: &str) {
        let document = json!({"uri": uri(path), "languageId": "rust", "version": 1, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": document}));
    }

    fn edit(&mut self, path: &Path, version: i32, text: &str) {
        self.tell(
            "textDocument/didChange",
            json!({
                "textDocument": {"uri": uri(path), "version": version},
                "contentChanges": [{"text": text}],
            }),
        );
    }

    /// The rules that are shown for a version.
    fn shown(&self, path: &Path, version: i32) -> Vec<String> {
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
    fn end(mut self) -> i32 {
        self.stdin = None;
        let status = self.child.wait().expect("the server ends");
        status.code().expect("it ends by itself")
    }

    /// Ends it as the protocol has it, and gives what it logged.
    fn shut_down(mut self) -> String {
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

fn versions() -> Value {
    json!({"textDocument": {"publishDiagnostics": {"versionSupport": true}}})
}

#[test]
fn a_leak_is_shown_and_goes_when_it_is_mended() {
    let folder = Folder::new("core");
    let file = folder.0.join("net.rs");
    let mut server = Server::initialized(&folder.0, versions());
    server.open(&file, LEAK);
    assert_eq!(server.shown(&file, 1), ["unclosed_socket"]);
    server.edit(&file, 2, &fixed());
    assert_eq!(server.shown(&file, 2), Vec::<String>::new());
    server.edit(&file, 3, LEAK);
    assert_eq!(server.shown(&file, 3), ["unclosed_socket"]);
    server.shut_down();
}

#[test]
fn an_edit_ends_what_is_being_analysed() {
    let folder = Folder::new("edits");
    let file = folder.0.join("net.rs");
    let many: String = (0..4000)
        .map(|n| LEAK.replace("fn open", &format!("fn open{n}")))
        .collect();
    std::fs::write(&file, many).expect("the file is written");
    let mut server = Server::start(&folder.0);
    let capabilities = json!({
        "window": {"workDoneProgress": true},
        "textDocument": {"publishDiagnostics": {"versionSupport": true}},
    });
    server.ask(
        "initialize",
        json!({"rootUri": uri(&folder.0), "capabilities": capabilities}),
    );
    server.tell("initialized", json!({}));
    let create = server.await_message(|one| one["method"] == "window/workDoneProgress/create");
    let answer = json!({"jsonrpc": "2.0", "id": create["id"], "result": null});
    server.write(answer.to_string().as_bytes());
    // It is at it.
    server.await_message(|one| one["params"]["value"]["kind"] == "report");
    server.open(&file, LEAK);
    assert_eq!(server.shown(&file, 1), ["unclosed_socket"]);
    let log = server.shut_down();
    let done = log.lines().filter(|line| line.contains("crates analysed"));
    assert_eq!(done.count(), 1, "{log}");
}

/// Each crate is analysed by itself, and the whole is what the command says.
#[test]
fn the_workspace_is_shown_as_the_command_reports_it() {
    let samples = repository().join("ui-tests/double_close");
    let mut command = socklint(&samples);
    let command = run(command.args([".", "--message-format=json"]));
    let mut reported: Vec<(String, u64, String)> = command
        .messages()
        .iter()
        .map(|one| {
            let spans = one["message"]["spans"].as_array().expect("a list");
            let primary = spans.iter().find(|span| span["is_primary"] == true);
            let primary = primary.expect("each has a place");
            let file = samples.join(primary["file_name"].as_str().expect("a path"));
            let code = one["message"]["code"]["code"].as_str().expect("a code");
            let code = code.trim_start_matches("socklint::").to_owned();
            (
                uri(&file),
                primary["line_start"].as_u64().expect("a line") - 1,
                code,
            )
        })
        .collect();
    let mut server = Server::start(&samples);
    server.ask(
        "initialize",
        json!({"rootUri": uri(&samples), "capabilities": {"textDocument": {"diagnostic": {}}}}),
    );
    server.tell("initialized", json!({}));
    let answer = server.ask("workspace/diagnostic", json!({"previousResultIds": []}));
    let files = answer["result"]["items"].as_array().expect("a list");
    let mut shown: Vec<(String, u64, String)> = Vec::new();
    for file in files {
        for one in file["items"].as_array().expect("a list") {
            shown.push((
                file["uri"].as_str().expect("a name").to_owned(),
                one["range"]["start"]["line"].as_u64().expect("a line"),
                one["code"].as_str().expect("a code").to_owned(),
            ));
        }
    }
    reported.sort();
    shown.sort();
    assert!(!reported.is_empty());
    assert_eq!(shown, reported);
    server.shut_down();
}

#[test]
fn a_request_is_cancelled() {
    let folder = Folder::new("cancel");
    let file = folder.0.join("net.rs");
    let mut server = Server::initialized(&folder.0, json!({"textDocument": {"diagnostic": {}}}));
    let many: String = (0..500)
        .map(|n| LEAK.replace("fn open", &format!("fn open{n}")))
        .collect();
    server.open(&file, &many);
    let params = json!({"textDocument": {"uri": uri(&file)}});
    let id = server.send("textDocument/diagnostic", params.clone());
    server.tell("$/cancelRequest", json!({"id": id}));
    let answer = server.await_message(|message| message["id"] == id);
    assert_eq!(answer["error"]["code"], -32800);
    server.edit(&file, 2, LEAK);
    let answer = server.ask("textDocument/diagnostic", params);
    assert_eq!(answer["result"]["items"][0]["code"], "unclosed_socket");
    server.shut_down();
}

#[test]
fn what_is_malformed_is_answered_and_the_server_goes_on() {
    let folder = Folder::new("malformed");
    let file = folder.0.join("net.rs");
    let mut server = Server::start(&folder.0);
    let early = server.ask("textDocument/hover", json!({}));
    assert_eq!(early["error"]["code"], -32002);
    let answer = server.ask(
        "initialize",
        json!({"capabilities": {"general": 7, "textDocument": []}}),
    );
    assert_eq!(
        answer["result"]["capabilities"]["positionEncoding"],
        "utf-16"
    );
    server.tell("initialized", json!({}));
    for body in [
        &b"{"[..],
        b"[]",
        b"\"text\"",
        b"{\"jsonrpc\":\"2.0\"}",
        b"\xff\xfe",
    ] {
        server.write(body);
        let answer = server.await_message(|message| message.get("unreadable").is_some());
        let text = answer["unreadable"].as_str().unwrap_or_default();
        assert!(text.contains("-32700"), "{text}");
    }
    assert_eq!(server.ask("no/such", Value::Null)["error"]["code"], -32601);
    assert_eq!(
        server.ask("textDocument/diagnostic", json!({}))["error"]["code"],
        -32601
    );
    assert_eq!(
        server.ask("textDocument/hover", json!({"position": 1}))["error"]["code"],
        -32602
    );
    assert_eq!(server.ask("initialize", json!({}))["error"]["code"], -32600);
    server.tell("no/such", json!([1]));
    server.tell("textDocument/didChange", json!({"textDocument": 1}));
    server.tell("$/cancelRequest", json!({"id": 12345}));
    // Edits of what was never opened, and past every end.
    server.edit(&folder.0.join("other.rs"), 2, LEAK);
    server.open(&file, LEAK);
    server.tell(
        "textDocument/didChange",
        json!({"textDocument": {"uri": uri(&file), "version": 2}, "contentChanges": [{
            "range": {"start": {"line": 900, "character": 4_000_000_000_u32}, "end": {"line": 1, "character": 0}},
            "text": "// end\n",
        }]}),
    );
    let shown = server.await_message(|message| {
        message["method"] == "textDocument/publishDiagnostics"
            && message["params"]["diagnostics"][0]["code"] == "unclosed_socket"
    });
    assert_eq!(shown["params"]["uri"], uri(&file).as_str());
    server.shut_down();
}

#[test]
fn the_status_says_how_the_conversation_ended() {
    let folder = Folder::new("status");
    let mut server = Server::initialized(&folder.0, json!({}));
    server.tell("exit", Value::Null);
    assert_eq!(server.end(), 1);

    // The client is gone.
    assert_eq!(Server::initialized(&folder.0, json!({})).end(), 1);
    let mut server = Server::start(&folder.0);
    server.tell("exit", Value::Null);
    assert_eq!(server.end(), 1);

    let mut server = Server::initialized(&folder.0, json!({}));
    server.ask("shutdown", Value::Null);
    let late = server.ask("textDocument/hover", json!({}));
    assert_eq!(late["error"]["code"], -32600);
    server.tell("exit", Value::Null);
    assert_eq!(server.end(), 0);

    // What is no protocol at all.
    let mut server = Server::initialized(&folder.0, json!({}));
    let stdin = server.stdin.as_mut().expect("it is open");
    stdin
        .write_all(b"GET / HTTP/1.1\r\n\r\n")
        .expect("the server reads");
    assert_eq!(server.end(), 2);
}
