"""Starts rust-analyzer on a crate and waits for a diagnostic of socklint.

    lsp-client.py CRATE FILE RULE [attribute|with]

The finding comes from `cargo socklint` in place of `cargo check`, and the quick fix that the editor then offers is
applied to the file. With `with` it comes from `cargo socklint --with clippy`, of which a warning of clippy's must be
shown too; with `attribute`, from the attribute alone, as rust-analyzer expands it.
"""

import json
import pathlib
import queue
import subprocess
import sys
import threading
import time

TIMEOUT = 120

ATTRIBUTE = sys.argv[4:] == ["attribute"]
WITH = sys.argv[4:] == ["with"]

WITH_CLIPPY = "cargo socklint --with clippy --workspace --message-format=json --all-targets".split()

SETTINGS = {
    "check": {"overrideCommand": WITH_CLIPPY} if WITH else {"command": "socklint"},
    "checkOnSave": not ATTRIBUTE,
    "cargo": {"buildScripts": {"enable": ATTRIBUTE}},
    "procMacro": {"enable": ATTRIBUTE, "attributes": {"enable": True}},
    "cachePriming": {"enable": False},
}


def shows(diagnostic, rule):
    """Whether a diagnostic is the finding that is waited for."""
    if ATTRIBUTE:
        of_macro = diagnostic.get("source") == "rust-analyzer"
        return of_macro and f"[{rule}]" in diagnostic["message"]
    # The steps of the path are shown too, as hints.
    is_hint = diagnostic.get("severity") == 4
    return diagnostic.get("source") == "socklint" and diagnostic.get("code") == rule and not is_hint


class Server:
    """One rust-analyzer, spoken to over stdio."""

    def __init__(self, root):
        self.process = subprocess.Popen(
            ["rust-analyzer"], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.incoming = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        out = self.process.stdout
        while line := out.readline():
            length = 0
            while line.strip():
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
                line = out.readline()
            self.incoming.put(json.loads(out.read(length)))
        self.incoming.put(None)

    def write(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def receive(self, deadline):
        """The next message; what the server asks is answered on the way."""
        while True:
            try:
                message = self.incoming.get(timeout=max(0, deadline - time.monotonic()))
            except queue.Empty:
                sys.exit(f"editors: nothing arrived within {TIMEOUT} seconds")
            if message is None:
                sys.exit("editors: rust-analyzer ended")
            if "id" in message and "method" in message:
                items = (message.get("params") or {}).get("items")
                asked_settings = message["method"] == "workspace/configuration"
                result = [SETTINGS for _ in items or []] if asked_settings else None
                self.write({"id": message["id"], "result": result})
                continue
            return message


def apply_fix(server, file, diagnostic):
    """Applies the quick fix that is offered for a diagnostic."""
    server.write(
        {
            "id": 3,
            "method": "textDocument/codeAction",
            "params": {
                "textDocument": {"uri": file.as_uri()},
                "range": diagnostic["range"],
                "context": {"diagnostics": [diagnostic]},
            },
        }
    )
    while (message := server.receive(time.monotonic() + TIMEOUT)).get("id") != 3:
        pass
    actions = message.get("result") or []
    wanted = [action for action in actions if action["title"].startswith("close `s`")]
    if not wanted:
        sys.exit(f"editors: no fix is offered, but {[action['title'] for action in actions]}")
    edit = wanted[0]["edit"]
    changes = edit.get("changes") or {
        change["textDocument"]["uri"]: change["edits"] for change in edit["documentChanges"]
    }
    lines = file.read_text().splitlines(keepends=True)
    starts = [sum(map(len, lines[:number])) for number in range(len(lines) + 1)]
    text = "".join(lines)

    def offset(position):
        return starts[position["line"]] + position["character"]

    edits = changes[file.as_uri()]
    for change in sorted(edits, key=lambda change: -offset(change["range"]["start"])):
        place = change["range"]
        text = text[: offset(place["start"])] + change["newText"] + text[offset(place["end"]) :]
    file.write_text(text)
    print(f"editors: applied: {wanted[0]['title']}")


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    file, rule = root / sys.argv[2], sys.argv[3]
    deadline = time.monotonic() + TIMEOUT
    server = Server(root)
    server.write(
        {
            "id": 1,
            "method": "initialize",
            "params": {
                "processId": None,
                "rootUri": root.as_uri(),
                "workspaceFolders": [{"uri": root.as_uri(), "name": root.name}],
                "capabilities": {
                    "textDocument": {
                        "publishDiagnostics": {"relatedInformation": True},
                        "codeAction": {
                            "codeActionLiteralSupport": {
                                "codeActionKind": {"valueSet": ["quickfix"]}
                            }
                        },
                    },
                    "workspace": {"workspaceEdit": {"documentChanges": True}},
                },
                "initializationOptions": SETTINGS,
            },
        }
    )
    while server.receive(deadline).get("id") != 1:
        pass
    server.write({"method": "initialized", "params": {}})
    document = {"uri": file.as_uri(), "languageId": "rust", "version": 1}
    document["text"] = file.read_text()
    server.write({"method": "textDocument/didOpen", "params": {"textDocument": document}})

    found = None
    # What else must be shown.
    waiting = {"clippy"} if WITH else set()
    while found is None or waiting:
        message = server.receive(deadline)
        if message.get("method") == "window/showMessage":
            print("rust-analyzer:", message["params"]["message"])
        if message.get("method") != "textDocument/publishDiagnostics":
            continue
        for diagnostic in message["params"]["diagnostics"]:
            waiting.discard(diagnostic.get("source"))
            if shows(diagnostic, rule):
                found = (message["params"]["uri"], diagnostic)

    uri, diagnostic = found
    if uri != file.as_uri():
        sys.exit(f"editors: the finding is shown in {uri}")
    line = diagnostic["range"]["start"]["line"]
    text = file.read_text().splitlines()[line]
    if " = socket(" not in text:
        sys.exit(f"editors: the finding is shown at line {line + 1}: {text}")
    print(f"editors: rust-analyzer shows {rule} at line {line + 1}: {diagnostic['message']}")

    if not ATTRIBUTE:
        apply_fix(server, file, diagnostic)

    server.write({"id": 2, "method": "shutdown", "params": None})
    while server.receive(time.monotonic() + TIMEOUT).get("id") != 2:
        pass
    server.write({"method": "exit", "params": None})
    server.process.wait(timeout=TIMEOUT)


main()
