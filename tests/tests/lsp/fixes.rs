//! Fixes come after what they mend, and nothing waits for them that need not.

use std::cell::Cell;
use std::path::Path;

use serde_json::{Value, json};

use crate::driver::{Server, uri};
use crate::{LEAK, fixed, folder};

/// The socket leaks where `bind` fails, and it is known how to mend that.
fn leak() -> String {
    LEAK.replace(
        "if s == INVALID_SOCKET || bind(s, name, len) != 0 {",
        "if s == INVALID_SOCKET {\n            return None;\n        }\n        if bind(s, name, len) != 0 {",
    )
}

fn many() -> String {
    let functions = (0..1500).map(|n| leak().replace("fn open", &format!("fn open{n}")));
    functions.collect()
}

fn capabilities() -> Value {
    json!({
        "textDocument": {
            "publishDiagnostics": {"versionSupport": true},
            "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}},
        },
        "workspace": {"workspaceEdit": {"documentChanges": true}},
    })
}

fn all_actions(path: &Path, only: &str) -> Value {
    json!({
        "textDocument": {"uri": uri(path)},
        "range": {"start": {"line": 0, "character": 0}, "end": {"line": 9999, "character": 0}},
        "context": {"diagnostics": [], "only": [only]},
    })
}

#[test]
fn diagnostics_are_told_once_and_the_fix_follows() {
    let folder = folder();
    let file = folder.path().join("net.rs");
    let mut server = Server::initialized(folder.path(), capabilities());
    server.open(&file, &leak());
    assert_eq!(server.shown(&file, 1), ["unclosed_socket"]);
    let id = server.send("textDocument/codeAction", all_actions(&file, "quickfix"));
    let told = Cell::new(0);
    let answer = server.await_message(|message| {
        if message["method"] == "textDocument/publishDiagnostics" {
            told.set(told.get() + 1);
        }
        message["id"] == id && message.get("method").is_none()
    });
    assert_eq!(told.get(), 0);
    let fix = &answer["result"][0];
    assert_eq!(fix["title"], "close `s` on this path");
    assert_eq!(fix["isPreferred"], true);
    let change = &fix["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"]["version"], 1);
    assert_eq!(
        change["edits"][0]["newText"],
        "closesocket(s);\n            "
    );
    let log = server.shut_down();
    assert!(log.contains("fixes tried in 1 crates"), "{log}");
}

#[test]
fn an_edit_ends_the_search_for_fixes() {
    let folder = folder();
    let file = folder.path().join("net.rs");
    let mut server = Server::initialized(folder.path(), capabilities());
    server.open(&file, &many());
    assert_eq!(server.shown(&file, 1).len(), 1500);
    server.edit(&file, 2, &fixed());
    assert_eq!(server.shown(&file, 2), Vec::<String>::new());
    let answer = server.ask("textDocument/codeAction", all_actions(&file, "source"));
    assert_eq!(answer["result"], json!([]));
    let log = server.shut_down();
    assert!(!log.contains("job 2: fixes tried"), "{log}");
}

#[test]
fn a_fix_is_not_offered_for_another_text() {
    let folder = folder();
    let file = folder.path().join("net.rs");
    let mut server = Server::initialized(folder.path(), capabilities());
    server.open(&file, &leak());
    assert_eq!(server.shown(&file, 1), ["unclosed_socket"]);
    for version in 2..10 {
        let moved = "\n".repeat(version as usize) + &leak();
        server.edit(&file, version, &moved);
        let answer = server.ask(
            "textDocument/codeAction",
            all_actions(&file, "source.fixAll"),
        );
        let change = &answer["result"][0]["edit"]["documentChanges"][0];
        assert_eq!(change["textDocument"]["version"], version);
        let line = change["edits"][0]["range"]["start"]["line"].as_u64();
        let line = moved.lines().nth(line.expect("a line") as usize);
        assert_eq!(line, Some("            return None;"));
    }
    server.shut_down();
}
