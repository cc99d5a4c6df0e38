//! The language server, as a client speaks with it. Real editors are in `tests/lsp`; what only a client that
//! misbehaves does is here.

mod driver;
mod fixes;
mod project;

use std::io::Write;

use serde_json::{Value, json};
use socklint_tests::{repository, run, socklint};

use driver::{Server, uri};
use tempfile::TempDir;

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

fn folder() -> TempDir {
    TempDir::new().expect("the folder is made")
}

fn versions() -> Value {
    json!({"textDocument": {"publishDiagnostics": {"versionSupport": true}}})
}

#[test]
fn a_leak_is_shown_and_goes_when_it_is_mended() {
    let folder = folder();
    let file = folder.path().join("net.rs");
    let mut server = Server::initialized(folder.path(), versions());
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
    let folder = folder();
    let file = folder.path().join("net.rs");
    let many: String = (0..4000)
        .map(|n| LEAK.replace("fn open", &format!("fn open{n}")))
        .collect();
    std::fs::write(&file, many).expect("the file is written");
    let mut server = Server::start(folder.path());
    let capabilities = json!({
        "window": {"workDoneProgress": true},
        "textDocument": {"publishDiagnostics": {"versionSupport": true}},
    });
    server.ask(
        "initialize",
        json!({"rootUri": uri(folder.path()), "capabilities": capabilities}),
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
    let folder = folder();
    let file = folder.path().join("net.rs");
    let mut server =
        Server::initialized(folder.path(), json!({"textDocument": {"diagnostic": {}}}));
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
    let folder = folder();
    let file = folder.path().join("net.rs");
    let mut server = Server::start(folder.path());
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
    server.edit(&folder.path().join("other.rs"), 2, LEAK);
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
    let folder = folder();
    let mut server = Server::initialized(folder.path(), json!({}));
    server.tell("exit", Value::Null);
    assert_eq!(server.end(), 1);

    // The client is gone.
    assert_eq!(Server::initialized(folder.path(), json!({})).end(), 1);
    let mut server = Server::start(folder.path());
    server.tell("exit", Value::Null);
    assert_eq!(server.end(), 1);

    let mut server = Server::initialized(folder.path(), json!({}));
    server.ask("shutdown", Value::Null);
    let late = server.ask("textDocument/hover", json!({}));
    assert_eq!(late["error"]["code"], -32600);
    server.tell("exit", Value::Null);
    assert_eq!(server.end(), 0);

    // What is no protocol at all.
    let mut server = Server::initialized(folder.path(), json!({}));
    let stdin = server.stdin.as_mut().expect("it is open");
    stdin
        .write_all(b"GET / HTTP/1.1\r\n\r\n")
        .expect("the server reads");
    assert_eq!(server.end(), 2);
}
