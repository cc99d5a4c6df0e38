"""Starts `cargo socklint lsp` as the editors do that pytest-lsp knows.

`SOCKLINT` names the built command. Nothing sleeps for a fixed time: what is awaited is polled for.
"""

import asyncio
import copy
import os
import pathlib
import time
import typing

import pytest
import pytest_asyncio
import pytest_lsp
from lsprotocol import types as lsp

TIMEOUT = 60

PRELUDE = """\
use windows_sys::Win32::Networking::WinSock::{
    AF_INET, INVALID_SOCKET, SOCK_STREAM, SOCKADDR, SOCKET, bind, closesocket, socket,
};
"""

# The socket leaks where `bind` fails.
LEAK = """
pub unsafe fn open(name: *const SOCKADDR, len: i32) -> Option<SOCKET> {
    unsafe {
        let s = socket(AF_INET.into(), SOCK_STREAM, 0);
        if s == INVALID_SOCKET {
            return None;
        }
        if bind(s, name, len) != 0 {
            return None;
        }
        Some(s)
    }
}
"""
FIXED = LEAK.replace(
    "!= 0 {\n", "!= 0 {\n            let _ = closesocket(s);\n"
)
MANIFEST = """\
[package]
name = "{name}"
version = "0.1.0"
edition = "2024"

[features]
extra = []

[dependencies]
{dependencies}

[workspace]
"""


async def until(condition, what="it", now=lambda: ""):
    """Waits for a condition, and gives what it gives. What is so instead is said by `now`."""
    deadline = time.monotonic() + TIMEOUT
    while not (value := condition()):
        assert time.monotonic() < deadline, f"{what} did not come in {TIMEOUT} seconds: {now()}"
        await asyncio.sleep(0.01)
    return value


def action_hook(converter):
    """lsprotocol takes each action with a command for the command itself."""

    def hook(value, _):
        is_command = isinstance(value.get("command"), str)
        return converter.structure(value, lsp.Command if is_command else lsp.CodeAction)

    return hook


class Editor:
    """A client with documents."""

    def __init__(self, client, result):
        self.client = client
        self.result = result
        self.versions = {}

    def open(self, path, text=None):
        uri = path if isinstance(path, str) else path.as_uri()
        if text is None:
            text = pathlib.Path(path).read_text()
        self.versions[uri] = 1
        item = lsp.TextDocumentItem(uri=uri, language_id="rust", version=1, text=text)
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
        return uri

    def replace(self, uri, text):
        """The whole text is another one."""
        self.change(uri, lsp.TextDocumentContentChangeWholeDocument(text))

    def change(self, uri, *changes):
        self.versions[uri] += 1
        document = lsp.VersionedTextDocumentIdentifier(uri=uri, version=self.versions[uri])
        self.client.text_document_did_change(
            lsp.DidChangeTextDocumentParams(document, list(changes))
        )

    def close(self, uri):
        self.client.text_document_did_close(
            lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(uri))
        )

    def changed_on_disk(self, *changes):
        events = [lsp.FileEvent(path.as_uri(), kind) for path, kind in changes]
        self.client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams(events))

    def rules(self, uri):
        """The rules of the last diagnostics that were pushed; `None` before there are any."""
        found = self.client.diagnostics.get(uri)
        return None if found is None else [diagnostic.code for diagnostic in found]

    async def shows(self, uri, *rules):
        """Waits until exactly these rules are shown."""
        wanted = sorted(rules)
        await until(
            lambda: (found := self.rules(uri)) is not None and sorted(map(str, found)) == wanted,
            f"{wanted} in {uri}",
            lambda: self.rules(uri),
        )
        return self.client.diagnostics[uri]

    async def actions(self, uri, line, only=None, diagnostics=(), column=16):
        at = lsp.Position(line, column)
        params = lsp.CodeActionParams(
            text_document=lsp.TextDocumentIdentifier(uri),
            range=lsp.Range(at, at),
            context=lsp.CodeActionContext(diagnostics=list(diagnostics), only=only),
        )
        return await self.client.text_document_code_action_async(params)

    async def pull(self, uri, previous=None):
        params = lsp.DocumentDiagnosticParams(
            text_document=lsp.TextDocumentIdentifier(uri), previous_result_id=previous
        )
        return await self.client.text_document_diagnostic_async(params)


@pytest_asyncio.fixture
async def start():
    """Starts servers; ends them after the test, and checks that they end well."""
    clients = []

    async def start(name, *folders, options=None, change=None, configuration=None, cwd=None):
        config = pytest_lsp.ClientServerConfig(server_command=[os.environ["SOCKLINT"], "lsp"])
        client = config.client_factory()
        client.protocol._converter.register_structure_hook(
            typing.Union[lsp.Command, lsp.CodeAction], action_hook(client.protocol._converter)
        )
        clients.append(client)
        await client.start_io(*config.server_command, cwd=cwd)
        if configuration is not None:
            client.set_configuration(configuration)
        capabilities = copy.deepcopy(pytest_lsp.client_capabilities(name))
        if change:
            change(capabilities)
        result = await client.initialize_session(
            lsp.InitializeParams(
                capabilities=capabilities,
                workspace_folders=[
                    lsp.WorkspaceFolder(uri=folder.as_uri(), name=folder.name)
                    for folder in folders
                ],
                initialization_options=options,
            )
        )
        return Editor(client, result)

    yield start
    for client in clients:
        assert client.error is None
        await asyncio.wait_for(client.shutdown_session(), TIMEOUT)
        assert client._server.returncode == 0
        await client.stop()


@pytest.fixture
def package(tmp_path):
    """Makes packages."""

    def package(name, sources, dependencies=""):
        folder = tmp_path / name
        for path, text in {
            "Cargo.toml": MANIFEST.format(name=name, dependencies=dependencies),
            **sources,
        }.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        return folder

    return package


def applied(text, edits, encoding="utf-16"):
    """The text after edits, whose columns count UTF-16 units or bytes."""
    lines = text.split("\n")
    width = {"utf-16": 2, "utf-8": 1, "utf-32": 4}[encoding]
    codec = {"utf-16": "utf-16-le", "utf-8": "utf-8", "utf-32": "utf-32-le"}[encoding]

    def offset(position):
        before = sum(len(line) + 1 for line in lines[: position.line])
        units = lines[position.line].encode(codec)[: position.character * width]
        return before + len(units.decode(codec))

    for edit in sorted(edits, key=lambda edit: offset(edit.range.start), reverse=True):
        new = edit.new_text if hasattr(edit, "new_text") else edit.snippet.value
        text = text[: offset(edit.range.start)] + new + text[offset(edit.range.end) :]
    return text


def edits_of(action):
    """The edits of a code action, with or without versions."""
    if action.edit.document_changes is not None:
        (change,) = action.edit.document_changes
        return change.edits
    (edits,) = action.edit.changes.values()
    return edits
