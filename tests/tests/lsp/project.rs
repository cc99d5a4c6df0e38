//! Which files of settings a client is told to watch.

use std::fs;

use serde_json::{Value, json};

use crate::driver::{Server, uri};
use crate::{LEAK, folder};

fn globs(registration: &Value) -> Vec<Value> {
    let registrations = registration["params"]["registrations"].as_array();
    let registrations = registrations.expect("a list").iter();
    let files = registrations.filter(|one| one["method"] == "workspace/didChangeWatchedFiles");
    files
        .flat_map(|one| {
            one["registerOptions"]["watchers"]
                .as_array()
                .expect("a list")
        })
        .map(|watcher| watcher["globPattern"].clone())
        .collect()
}

#[test]
fn settings_are_watched_wherever_they_are() {
    let folder = folder();
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).expect("the folder is made");
    fs::write(inner.join("net.rs"), LEAK).expect("the file is written");
    let settings = folder.path().join("socklint.toml");
    fs::write(&settings, "baseline = \"inner/known[1].json\"\n").expect("the file is written");
    let mut server = Server::start(folder.path());
    let capabilities = json!({"workspace": {"didChangeWatchedFiles":
        {"dynamicRegistration": true, "relativePatternSupport": true}}});
    server.ask(
        "initialize",
        json!({"rootUri": uri(&inner), "capabilities": capabilities}),
    );
    server.tell("initialized", json!({}));
    let is_asked = |message: &Value| message["method"] == "client/registerCapability";
    let first = globs(&server.await_message(is_asked));
    for glob in ["**/*.rs", "**/socklint.toml", "**/socklint-baseline.json"] {
        assert!(first.contains(&json!(glob)), "{first:?}");
    }
    let second = globs(&server.await_message(is_asked));
    assert_eq!(
        second,
        [
            json!("**/known[[]1].json"),
            json!({"baseUri": uri(folder.path()), "pattern": "socklint.toml"}),
        ]
    );
    // What is watched is heeded.
    fs::write(&settings, "[rules]\nunclosed_socket = \"warn\"\n").expect("the file is written");
    server.tell(
        "workspace/didChangeWatchedFiles",
        json!({"changes": [{"uri": uri(&settings), "type": 2}]}),
    );
    server.await_message(|message| {
        message["method"] == "textDocument/publishDiagnostics"
            && message["params"]["diagnostics"][0]["severity"] == 2
    });
    server.shut_down();
}
